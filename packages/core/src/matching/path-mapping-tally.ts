import type { PathMapping } from './path-mapper.js';

/** How many paths of findings were mapped. @public */
export interface PathMappingTally {
  /** Findings that have a path in source code. */
  readonly withPath: number;
  readonly mapped: number;
  readonly ambiguous: number;
  readonly unmatched: number;
  /** Mapped by a rule to a file that is not there. */
  readonly ruleMissed: number;
  readonly withoutPath: number;
}

/** Collects a {@link PathMappingTally}. @public */
export interface PathMappingCounter {
  add(mapping: PathMapping): void;
  tally(): PathMappingTally;
}

/** A counter at zero. @public */
export function createPathMappingCounter(): PathMappingCounter {
  const counts: Record<PathMapping['kind'], number> = { mapped: 0, ambiguous: 0, unmatched: 0, 'rule-missed': 0, 'no-path': 0 };
  return {
    add: ({ kind }) => {
      counts[kind] += 1;
    },
    tally: () => ({
      withPath: counts.mapped + counts.ambiguous + counts.unmatched + counts['rule-missed'],
      mapped: counts.mapped,
      ambiguous: counts.ambiguous,
      unmatched: counts.unmatched,
      ruleMissed: counts['rule-missed'],
      withoutPath: counts['no-path'],
    }),
  };
}
