import type { Finding } from '../domain/finding.js';
import { type FindingMark, markOf } from './finding-mark.js';
import { compareMarks, comparePositions } from './mark-order.js';
import { type MatchConfidence, type MatchRound, matchRounds } from './match-rounds.js';
import { pairNearest } from './pair-nearest.js';

/** Two sets of findings that are compared. @public */
export interface FindingSides {
  readonly baseline: AsyncIterable<Finding> | Iterable<Finding>;
  readonly current: AsyncIterable<Finding> | Iterable<Finding>;
  /** True when both sides have their ids from the same application and context, so that equal ids are one finding. */
  readonly idsAreShared: boolean;
}

/** A finding that is in both sets. @public */
export interface FindingMatch {
  readonly baseline: FindingMark;
  readonly current: FindingMark;
  readonly confidence: MatchConfidence;
}

/** What became of the findings of a baseline, each list worst first. @public */
export interface FindingComparison {
  readonly known: readonly FindingMatch[];
  /** In the current set only. */
  readonly added: readonly FindingMark[];
  /** In the baseline only. */
  readonly gone: readonly FindingMark[];
}

/**
 * Matches two sets of findings one-to-one: first by the engine's hashes (equal values are counted, not collapsed), then
 * by the platform's ids where both sides share them, else by CWE, file, function and nearest line.
 *
 * Findings that the platform reports as fixed are in neither set. The order of the sets does not matter. Memory grows
 * with a few hundred bytes a finding, time with n log n.
 *
 * @throws what reading the findings throws
 * @see docs.veracode.com "Pipeline Scan API", on findings in several scans
 * @public
 */
export async function matchFindings({ baseline, current, idsAreShared }: FindingSides): Promise<FindingComparison> {
  let left = await marksOf(baseline);
  let right = await marksOf(current);
  const known: FindingMatch[] = [];
  for (const round of matchRounds(idsAreShared)) {
    const pairs = pairsOf(round, left, right);
    if (pairs.length === 0) continue;
    const paired = new Set(pairs.flat());
    left = left.filter((mark) => !paired.has(mark));
    right = right.filter((mark) => !paired.has(mark));
    for (const [before, now] of pairs) known.push({ baseline: before, current: now, confidence: round.confidence });
  }
  return {
    known: known.sort((a, b) => compareMarks(a.current, b.current) || compareMarks(a.baseline, b.baseline)),
    added: right.sort(compareMarks),
    gone: left.sort(compareMarks),
  };
}

async function marksOf(findings: AsyncIterable<Finding> | Iterable<Finding>): Promise<FindingMark[]> {
  const marks: FindingMark[] = [];
  for await (const finding of findings) if (finding.status !== 'fixed') marks.push(markOf(finding));
  return marks.sort(comparePositions);
}

function pairsOf(round: MatchRound, left: readonly FindingMark[], right: readonly FindingMark[]): (readonly [FindingMark, FindingMark])[] {
  const groups = groupBy(left, round.baselineKey);
  const others = groupBy(right, round.currentKey);
  const pairs: (readonly [FindingMark, FindingMark])[] = [];
  for (const [key, group] of groups) {
    for (const pair of pairNearest(group, others.get(key) ?? [], round.reach)) pairs.push(pair);
  }
  return pairs;
}

function groupBy(marks: readonly FindingMark[], keyOf: (mark: FindingMark) => string | null): ReadonlyMap<string, FindingMark[]> {
  const groups = new Map<string, FindingMark[]>();
  for (const mark of marks) {
    const key = keyOf(mark);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mark]);
    else group.push(mark);
  }
  return groups;
}
