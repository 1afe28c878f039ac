import type { Finding } from '../domain/finding.js';
import type { GateResult, SeenFinding, Standing } from './gate.js';

const ALL: readonly Standing[] = ['fixed', 'waived', 'known', 'mitigated', 'proposed', 'in-grace', 'open'];

const WORDS: Readonly<Record<Standing, string>> = {
  fixed: 'fixed',
  waived: 'waived',
  known: 'in the baseline',
  mitigated: 'mitigated',
  proposed: 'with a proposed mitigation',
  'in-grace': 'within the grace period',
  open: 'open',
};

/** Counts the findings that one gate is about. */
export interface FindingCounter {
  /** @returns true when the finding is one that counts */
  see(seen: SeenFinding): boolean;
  readonly count: number;
  /** What the gate saw, for its result. */
  numbers(): GateResult['numbers'];
  /** `None of 7 findings is`, `3 of 10 findings are`. */
  subject(): string;
  /** `; not counted: 2 mitigated, 1 waived`, or nothing. */
  notCounted(): string;
}

/** What a counter counts. */
export interface FindingCount {
  /** What the gate looks for. */
  readonly matches: (finding: Finding) => boolean;
  /** @defaultValue every finding */
  readonly among?: (finding: Finding) => boolean;
  /** @defaultValue `findings` */
  readonly noun?: string;
  /** Standings that count; the others are named as not counted. @defaultValue `open` */
  readonly counting?: readonly Standing[];
}

/** A counter at zero. Constant memory, however many findings there are. */
export function createFindingCounter({ matches, among = () => true, noun = 'findings', counting = ['open'] }: FindingCount): FindingCounter {
  const matching = { fixed: 0, waived: 0, known: 0, mitigated: 0, proposed: 0, 'in-grace': 0, open: 0 };
  let total = 0;
  const countOf = (standings: readonly Standing[]): number => standings.reduce((sum, standing) => sum + matching[standing], 0);
  const others = ALL.filter((standing) => !counting.includes(standing));
  return {
    see({ finding, standing }) {
      if (!among(finding)) return false;
      total += 1;
      if (!matches(finding)) return false;
      matching[standing] += 1;
      return counting.includes(standing);
    },
    get count() {
      return countOf(counting);
    },
    numbers: () => ({ count: countOf(counting), total, notCounted: countOf(others) }),
    subject() {
      const count = countOf(counting);
      return `${count === 0 ? 'None' : String(count)} of ${total} ${noun} ${count < 2 ? 'is' : 'are'}`;
    },
    notCounted() {
      const parts = others.filter((standing) => matching[standing] > 0).map((standing) => `${matching[standing]} ${WORDS[standing]}`);
      return parts.length === 0 ? '' : `; not counted: ${parts.join(', ')}`;
    },
  };
}
