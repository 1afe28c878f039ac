import type { Finding, FindingKind } from './finding.js';
import type { Severity } from './severity.js';

/** Counts over a set of findings, taken in one pass. @public */
export interface FindingTally {
  readonly total: number;
  readonly byKind: Readonly<Record<FindingKind, number>>;
  /** Index = severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly affectingPolicy: number;
  readonly mitigated: number;
  /** Findings that are neither fixed nor covered by an accepted mitigation. */
  readonly openBySeverity: Readonly<Record<Severity, number>>;
}

/** Collects a {@link FindingTally}. @public */
export interface FindingCounter {
  add(finding: Finding): void;
  tally(): FindingTally;
}

/** A counter at zero. @public */
export function createFindingCounter(): FindingCounter {
  let total = 0;
  let affectingPolicy = 0;
  let mitigated = 0;
  const byKind = { static: 0, dynamic: 0, manual: 0, sca: 0 };
  const bySeverity = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  const openBySeverity = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  return {
    add(finding) {
      total += 1;
      byKind[finding.kind] += 1;
      bySeverity[finding.severity] += 1;
      if (finding.affectsPolicy === true) affectingPolicy += 1;
      if (finding.mitigation.state === 'accepted') mitigated += 1;
      else if (isPresent(finding)) openBySeverity[finding.severity] += 1;
    },
    tally: () => ({
      total,
      byKind: { ...byKind },
      bySeverity: { ...bySeverity },
      openBySeverity: { ...openBySeverity },
      affectingPolicy,
      mitigated,
    }),
  };
}

/** Unknown words count as present: a finding is gone only when the platform says so. */
function isPresent(finding: Finding): boolean {
  return finding.status !== 'fixed';
}
