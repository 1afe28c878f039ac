import type { DetailedReport } from '../codecs/detailed-report.js';
import type { BuildInfo } from '../domain/build.js';

/** Findings that the platform says a report has: its flaws, and the vulnerabilities of its components. */
export function reportedFindings(report: DetailedReport): number {
  return (report.totalFlaws ?? 0) + (report.components?.statedVulnerabilities ?? report.tally.byKind.sca);
}

/** What a report must be of. */
export type ReportedBuild = Pick<BuildInfo, 'id' | 'applicationId'>;

/**
 * Compares the counts of a report with themselves, and its ids with those that were asked for. Pure.
 *
 * @returns what disagrees, a clause each; empty when the counts can be trusted
 */
export function countContradictions(report: DetailedReport, build: ReportedBuild): readonly string[] {
  const { tally, components } = report;
  const flaws = tally.byKind.static + tally.byKind.dynamic + tally.byKind.manual;
  const stated = components?.statedVulnerabilities ?? null;
  const clauses: (string | false)[] = [
    report.buildId !== build.id && `it is of build ${report.buildId}, not of ${build.id}`,
    report.applicationId !== build.applicationId && `it is of application ${report.applicationId}, not of ${build.applicationId}`,
    report.totalFlaws === null && 'it does not say how many findings it has',
    report.totalFlaws !== null && report.totalFlaws !== flaws && `it says ${report.totalFlaws} findings and has ${flaws}`,
    stated !== null && stated !== tally.byKind.sca && `its components say ${stated} vulnerabilities and have ${tally.byKind.sca}`,
  ];
  return clauses.filter((clause) => clause !== false);
}

/**
 * Compares a report with itself and with the build that it was asked for. Pure.
 *
 * @returns what disagrees, a clause each; empty when the report can be trusted
 */
export function reportContradictions(report: DetailedReport, build: BuildInfo): readonly string[] {
  const counts = countContradictions(report, build);
  if (!evaluationsDiffer(report, build)) return counts;
  return [...counts, `it says policy ${report.policy.evaluationText}, and the build says ${build.policyEvaluationText}`];
}

/** Only a policy scan has one evaluation; a sandbox's report may speak of the application. */
function evaluationsDiffer(report: DetailedReport, build: BuildInfo): boolean {
  const { evaluation } = report.policy;
  return build.sandboxId === null && evaluation !== 'unknown' && evaluation !== build.policyEvaluation;
}
