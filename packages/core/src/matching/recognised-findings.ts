import type { Finding } from '../domain/finding.js';
import { type FindingMark, joinKey, markOf } from './finding-mark.js';
import type { FindingComparison } from './match-findings.js';
import type { MatchConfidence } from './match-rounds.js';

/** What a baseline says about the findings that were compared with it. @public */
export interface RecognisedFindings {
  isKnown(finding: Finding): boolean;
  /** How the finding was recognised; null when it is new. */
  confidenceOf(finding: Finding): MatchConfidence | null;
}

/**
 * Makes a lookup of a comparison, for reading the current findings once more, as a gate on new findings does. It keeps
 * no state: the matching is done, so neither the order nor the number of questions matters.
 *
 * Findings that differ in nothing that recognises them count as known only when all of them are.
 *
 * @public
 */
export function createRecognisedFindings({ known, added }: FindingComparison): RecognisedFindings {
  const recognised = new Map<string, MatchConfidence>();
  for (const { current, confidence } of known) recognised.set(identityOf(current), confidence);
  for (const mark of added) recognised.delete(identityOf(mark));
  const confidenceOf = (finding: Finding): MatchConfidence | null => recognised.get(identityOf(markOf(finding))) ?? null;
  return { confidenceOf, isKnown: (finding) => confidenceOf(finding) !== null };
}

function identityOf({ id, kind, cwe, place, function: name, line, flawKey, module }: FindingMark): string {
  return joinKey(id, kind, cwe, place, name, line, flawKey, module);
}
