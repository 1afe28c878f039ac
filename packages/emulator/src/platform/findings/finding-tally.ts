import { severities, type Severity } from '../../scenarios/vocabulary.js';
import type { BuildResults, RemediationStatus } from './build-results.js';
import { allFindings } from './finding.js';

export type SeverityCounts = Record<Severity, number>;

/** Figures of a report; they always agree with the findings that it lists. */
export interface FindingTally {
  readonly total: number;
  readonly unmitigated: number;
  readonly bySeverity: SeverityCounts;
  readonly unmitigatedBySeverity: SeverityCounts;
  readonly newBySeverity: SeverityCounts;
  readonly byStatus: Record<RemediationStatus, number>;
  readonly byModule: ReadonlyMap<string, SeverityCounts>;
}

/** Counts in one pass and in constant memory. */
export function tallyFindings(results: BuildResults): FindingTally {
  const byStatus: Record<RemediationStatus, number> = { New: 0, Open: 0, Reopened: 0, Fixed: 0, 'Cannot Reproduce': 0 };
  const [bySeverity, unmitigatedBySeverity, newBySeverity] = [noCounts(), noCounts(), noCounts()];
  const byModule = new Map<string, SeverityCounts>();
  for (const finding of allFindings(results.source)) {
    const { severity, moduleName } = finding;
    const status = results.remediationStatus(finding);
    byStatus[status] += 1;
    bySeverity[severity] += 1;
    newBySeverity[severity] += status === 'New' ? 1 : 0;
    unmitigatedBySeverity[severity] += results.mitigationStatus(finding) === 'accepted' ? 0 : 1;
    const moduleCounts = byModule.get(moduleName) ?? noCounts();
    moduleCounts[severity] += 1;
    byModule.set(moduleName, moduleCounts);
  }
  return {
    total: results.source.count,
    unmitigated: sum(unmitigatedBySeverity),
    bySeverity,
    unmitigatedBySeverity,
    newBySeverity,
    byStatus,
    byModule,
  };
}

export function noCounts(): SeverityCounts {
  return { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
}

function sum(counts: SeverityCounts): number {
  return severities.reduce<number>((total, severity) => total + counts[severity], 0);
}
