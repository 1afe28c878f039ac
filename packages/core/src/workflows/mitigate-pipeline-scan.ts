import { createFindingCounter } from '../domain/finding-tally.js';
import type { Finding } from '../domain/finding.js';
import type { PolicyFlaw } from '../domain/policy-flaw.js';
import { type MatchedMitigations, matchMitigations } from '../matching/match-mitigations.js';
import type { ProvenPipelineScan } from './pipeline-outcome.js';

/** A proven pipeline scan whose findings carry the mitigations that were accepted for policy flaws. @public */
export interface MitigatedPipelineScan {
  readonly scan: ProvenPipelineScan;
  readonly matched: MatchedMitigations;
}

/**
 * Gives the findings of a proven pipeline scan the accepted mitigations of the policy flaws that they are, by
 * {@link matchMitigations}. No finding is added or left out, and the vendor's own words about them stay as they are. Pure.
 *
 * @public
 */
export function mitigatePipelineScan(scan: ProvenPipelineScan, flaws: readonly PolicyFlaw[]): MitigatedPipelineScan {
  const matched = matchMitigations(scan.findings, flaws);
  const mitigations = new Map(matched.applied.map(({ finding, mitigation }) => [finding.id, mitigation]));
  const mitigated = (finding: Finding): Finding => ({ ...finding, mitigation: mitigations.get(finding.id) ?? finding.mitigation });
  const pairs = scan.results.findings.map(({ finding, original }) => ({ finding: mitigated(finding), original }));
  const findings = pairs.map(({ finding }) => finding);
  const counter = createFindingCounter();
  for (const finding of findings) counter.add(finding);
  return { scan: { ...scan, findings, tally: counter.tally(), results: { ...scan.results, findings: pairs } }, matched };
}
