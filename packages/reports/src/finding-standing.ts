import type { Finding, JudgedFinding } from '@verapipe/core';

/** Why a finding counts (`open`), or why it does not. */
export type ReportedStanding = NonNullable<JudgedFinding['standing']>;

/** Of findings that nobody judged, the platform's words decide: only those that are known take a finding out. */
export function standingOf({ status, mitigation, ...judged }: Finding | JudgedFinding): ReportedStanding {
  if ('standing' in judged && judged.standing !== null) return judged.standing;
  if (status === 'fixed') return 'fixed';
  return mitigation.state === 'accepted' ? 'mitigated' : 'open';
}

/** Why a finding does not count, as a sentence; null for one that does. The words of others in it are not made harmless. */
export function sentenceOfStanding(finding: JudgedFinding): string | null {
  const { mitigation, waiver, gracePeriodExpiresAt } = finding;
  switch (standingOf(finding)) {
    case 'open':
      return null;
    case 'fixed':
      return 'Fixed.';
    case 'waived':
      return waiver === null ? 'Waived.' : `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`;
    case 'known':
      return 'Known to the baseline.';
    case 'mitigated':
      return `Mitigation accepted${mitigation.approver === null ? '' : ` by ${mitigation.approver}`}: ${mitigation.reason ?? 'no reason given'}`;
    case 'proposed':
      return `Mitigation proposed: ${mitigation.reason ?? 'no reason given'}`;
    case 'in-grace':
      return `Within its grace period${gracePeriodExpiresAt === null ? '' : `, until ${gracePeriodExpiresAt}`}.`;
  }
}
