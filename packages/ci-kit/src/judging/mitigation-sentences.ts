import type { AppliedMitigation, Finding } from '@verapipe/core';
import type { MitigationFacts } from '@verapipe/reports';

/** Which finding does not count any more, because of which policy flaw, and who answers for that. Pure. */
export function appliedSentence({ id, cwe, location: { file, line } }: Finding, { flawId, mitigation }: Pick<AppliedMitigation, 'flawId' | 'mitigation'>): string {
  const place = file === null ? '' : `, ${file}${line === null ? '' : `:${line}`}`;
  return `Mitigated: finding ${id} (CWE ${cwe ?? 'unknown'}${place}) is policy flaw ${flawId}: ${mitigation.reason ?? 'no reason given'}, approved by ${mitigation.approver ?? 'nobody named'}.`;
}

/** How many accepted mitigations were applied, and why not the others. Pure. */
export function mitigationsSentence(facts: MitigationFacts): string {
  const { application, buildId, accepted, applied } = facts;
  const subject = `${applied.length} of ${accepted} accepted mitigations of "${application}"`;
  if (buildId === null) return `${subject} applied: the profile has no published policy scan that this account can see.`;
  const why = accepted === 0 ? 'it has none on a static flaw that is not fixed' : reasonsOf(facts).join(', ');
  return `${subject} (policy scan ${buildId}) applied${why === '' ? '' : `: ${why}`}.${applied.length === 0 ? ' No finding is mitigated.' : ''}`;
}

function reasonsOf({ withoutHashes, unmatched, ambiguous }: MitigationFacts): readonly string[] {
  return [
    withoutHashes === 0 ? null : `the report carries no hashes for ${withoutHashes}`,
    unmatched === 0 ? null : `no finding of this scan has the hashes of ${unmatched}`,
    ambiguous === 0 ? null : `${ambiguous} ${ambiguous === 1 ? 'is' : 'are'} ambiguous, because several flaws or findings have equal hashes`,
  ].filter((reason) => reason !== null);
}
