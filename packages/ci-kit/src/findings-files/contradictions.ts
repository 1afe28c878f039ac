import { type FindingTally, SEVERITIES, severityName } from '@verapipe/core';

/**
 * What a file says about its findings against what was counted. Pure.
 *
 * @returns sentences for people; empty when they agree
 */
export function contradictionsOf(path: string, stated: FindingTally, counted: FindingTally): readonly string[] {
  const pairs: readonly (readonly [what: string, stated: number, counted: number])[] = [
    ['findings', stated.total, counted.total],
    ...(['static', 'dynamic', 'manual', 'sca'] as const).map((kind) => [`${kind} findings`, stated.byKind[kind], counted.byKind[kind]] as const),
    ...SEVERITIES.map((severity) => [`findings of severity ${severityName(severity)}`, stated.bySeverity[severity], counted.bySeverity[severity]] as const),
    ...SEVERITIES.map((severity) => [`open findings of severity ${severityName(severity)}`, stated.openBySeverity[severity], counted.openBySeverity[severity]] as const),
    ['findings that affect the policy', stated.affectingPolicy, counted.affectingPolicy],
    ['mitigated findings', stated.mitigated, counted.mitigated],
  ];
  return pairs.filter(([, says, has]) => says !== has).map(([what, says, has]) => `${path} says that it has ${says} ${what}, and has ${has}.`);
}
