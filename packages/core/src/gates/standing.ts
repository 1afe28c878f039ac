import type { Finding } from '../domain/finding.js';
import type { GateInput, GateOptions, JudgedFinding, SeenFinding, Standing } from './gate.js';
import { createWaiverMatcher, type WaiverMatcher } from './waiver-matcher.js';

/**
 * Says for one finding after the other whether it counts.
 *
 * Only a word that is known takes a finding out: an unknown status or mitigation counts, as does a grace period whose
 * end cannot be read.
 */
export function createStandings(input: Pick<GateInput, 'nowMs'>, options: GateOptions, waivers: WaiverMatcher): (finding: Finding) => FindingStanding {
  return (finding) => {
    // A baseline counts what it is asked for, and a waiver what it covers: both are asked whatever the other says.
    const isKnown = options.known?.isKnown(finding) ?? false;
    if (finding.status === 'fixed') return { standing: 'fixed', waiver: null };
    const waiver = waivers.covering(finding);
    if (waiver !== null) return { standing: 'waived', waiver };
    return { standing: isKnown ? 'known' : standingOfUnknown(finding, options, input.nowMs), waiver: null };
  };
}

/** Why a finding counts or does not, and the waiver that says so. */
type FindingStanding = Pick<SeenFinding, 'standing' | 'waiver'>;

function standingOfUnknown(finding: Finding, options: GateOptions, nowMs: number): Standing {
  if (finding.mitigation.state === 'accepted') return 'mitigated';
  if (finding.mitigation.state === 'proposed' && options.proposedMitigations === 'accepted') return 'proposed';
  return options.gracePeriod === 'expired' && isInGrace(finding, nowMs) ? 'in-grace' : 'open';
}

/**
 * Findings with their standing: what `evaluateGates` saw with the same input and options. Each iteration reads them anew,
 * and throws what reading them throws.
 *
 * @public
 */
export function judgedFindings(input: Pick<GateInput, 'findings' | 'nowMs'>, options: GateOptions): AsyncIterable<JudgedFinding> {
  return { [Symbol.asyncIterator]: () => judge(input, options) };
}

async function* judge(input: Pick<GateInput, 'findings' | 'nowMs'>, options: GateOptions): AsyncGenerator<JudgedFinding, void> {
  const standingOf = createStandings(input, options, createWaiverMatcher(options.waivers, input.nowMs));
  for await (const finding of input.findings) {
    const { standing, waiver } = standingOf(finding);
    yield { ...finding, standing, waiver: waiver && { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } };
  }
}

function isInGrace({ gracePeriodExpiresAt }: Finding, nowMs: number): boolean {
  return gracePeriodExpiresAt !== null && Date.parse(gracePeriodExpiresAt) > nowMs;
}
