import { severities, type Severity } from '../../scenarios/vocabulary.js';
import type { BuildResults, RemediationStatus } from './build-results.js';
import { allFindings, type Analysis } from './finding.js';

export type SeverityCounts = Record<Severity, number>;

/** Figures of one analysis. */
export interface AnalysisTally {
  readonly bySeverity: SeverityCounts;
  readonly unmitigatedBySeverity: SeverityCounts;
}

/** Figures of one module. */
export interface ModuleTally {
  readonly analysis: Analysis;
  readonly bySeverity: SeverityCounts;
}

/** Figures of a report; they always agree with the findings that it lists. */
export interface FindingTally {
  readonly total: number;
  readonly unmitigated: number;
  readonly unmitigatedBySeverity: SeverityCounts;
  readonly newBySeverity: SeverityCounts;
  readonly byStatus: Record<RemediationStatus, number>;
  readonly byAnalysis: Readonly<Record<Analysis, AnalysisTally>>;
  readonly byModule: ReadonlyMap<string, ModuleTally>;
}

/** Counts in one pass and in constant memory. */
export function tallyFindings(results: BuildResults): FindingTally {
  const byStatus: Record<RemediationStatus, number> = { New: 0, Open: 0, Reopened: 0, Fixed: 0, 'Cannot Reproduce': 0 };
  const [unmitigatedBySeverity, newBySeverity] = [noCounts(), noCounts()];
  const byAnalysis = { static: noAnalysis(), dynamic: noAnalysis(), manual: noAnalysis() };
  const byModule = new Map<string, ModuleTally>();
  for (const finding of allFindings(results.source)) {
    const { severity, moduleName } = finding;
    const ofAnalysis = byAnalysis[finding.analysis];
    const status = results.remediationStatus(finding);
    byStatus[status] += 1;
    ofAnalysis.bySeverity[severity] += 1;
    newBySeverity[severity] += status === 'New' ? 1 : 0;
    const left = results.mitigationStatus(finding) === 'accepted' ? 0 : 1;
    unmitigatedBySeverity[severity] += left;
    ofAnalysis.unmitigatedBySeverity[severity] += left;
    const module = byModule.get(moduleName) ?? { analysis: finding.analysis, bySeverity: noCounts() };
    module.bySeverity[severity] += 1;
    byModule.set(moduleName, module);
  }
  return {
    total: results.source.count,
    unmitigated: sum(unmitigatedBySeverity),
    unmitigatedBySeverity,
    newBySeverity,
    byStatus,
    byAnalysis,
    byModule,
  };
}

function noAnalysis(): AnalysisTally {
  return { bySeverity: noCounts(), unmitigatedBySeverity: noCounts() };
}

export function noCounts(): SeverityCounts {
  return { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
}

function sum(counts: SeverityCounts): number {
  return severities.reduce<number>((total, severity) => total + counts[severity], 0);
}
