import { createRecognisedFindings, matchFindings, type FindingMark, type FindingMatch, type FindingSides, type MatchConfidence, type RecognisedFindings, type Severity } from '@verapipe/core';

import type { FindingsFile } from '../findings-files/findings-file.js';

/** The findings of a scan or a file, and what their ids belong to. */
export interface CurrentFindings extends Pick<FindingsFile, 'idsOf'> {
  readonly findings: FindingSides['current'];
}

/** What a baseline says about current findings. */
export interface BaselineKnowledge {
  readonly recognised: RecognisedFindings;
  /** How many of them it knows. */
  readonly known: number;
  readonly knownBy: KnownBy;
  /** How many of its own are not among them, by severity. */
  readonly goneBySeverity: Readonly<Record<Severity, number>>;
}

/** How many findings were recognised, by how sure that is. */
export type KnownBy = Readonly<Record<MatchConfidence, number>>;

/** Matches current findings with those of a baseline, once. @throws what reading either throws */
export async function knownFindings(baseline: CurrentFindings, current: CurrentFindings): Promise<BaselineKnowledge> {
  const idsAreShared = baseline.idsOf !== null && baseline.idsOf === current.idsOf;
  const comparison = await matchFindings({ baseline: baseline.findings, current: current.findings, idsAreShared });
  return { recognised: createRecognisedFindings(comparison), known: comparison.known.length, knownBy: countByConfidence(comparison.known), goneBySeverity: countBySeverity(comparison.gone) };
}

function countBySeverity(gone: readonly FindingMark[]): BaselineKnowledge['goneBySeverity'] {
  const counts = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const { severity } of gone) counts[severity] += 1;
  return counts;
}

function countByConfidence(known: readonly FindingMatch[]): KnownBy {
  const counts = { exact: 0, id: 0, near: 0 };
  for (const { confidence } of known) counts[confidence] += 1;
  return counts;
}
