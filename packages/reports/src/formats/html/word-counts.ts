import type { JudgedFinding } from '@verapipe/core';

import { type ChangeCounts, createChangeCounter } from '../../change-counter.js';
import type { ReportInput } from '../../report.js';
import { STANDING_WORDS, STATUS_WORDS } from './finding-words.js';

/** How many findings are new, fixed, waived …: what the tally of a run does not say. */
export interface WordCounts {
  readonly byStatus: readonly (readonly [word: string, count: number])[];
  /** Empty where nobody judged. */
  readonly byStanding: readonly (readonly [word: string, count: number])[];
  readonly changes: ChangeCounts;
}

/** Reads all findings once. */
export async function countWords(input: ReportInput): Promise<WordCounts> {
  const changes = createChangeCounter(input);
  const statuses = new Map<JudgedFinding['status'], number>();
  const standings = new Map<NonNullable<JudgedFinding['standing']>, number>();
  for await (const finding of input.findings) {
    const { status, standing } = finding;
    changes.add(finding);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (standing !== null) standings.set(standing, (standings.get(standing) ?? 0) + 1);
  }
  return { byStatus: inOrder(STATUS_WORDS, statuses), byStanding: inOrder(STANDING_WORDS, standings), changes: changes.counts() };
}

/** In the order of the words, so that equal findings give equal bytes in whatever order they come. */
function inOrder<Key extends string>(words: Readonly<Record<Key, string>>, counts: ReadonlyMap<Key, number>): readonly (readonly [string, number])[] {
  const keys = Object.keys(words) as Key[];
  return keys.flatMap((key) => {
    const count = counts.get(key);
    return count === undefined ? [] : [[words[key], count] as const];
  });
}
