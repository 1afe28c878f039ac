import type { PolicyEvaluation } from '../domain/build.js';
import type { FindingTally } from '../domain/finding-tally.js';
import type { Severity } from '../domain/severity.js';

/** What a detailed report says besides its findings. Absent facts are null. @public */
export interface ReportFacts {
  readonly accountId: string | null;
  readonly applicationId: string;
  readonly applicationName: string | null;
  /** Also there on reports of policy scans: do not derive the context from it. */
  readonly sandboxId: string | null;
  readonly sandboxName: string | null;
  readonly buildId: string;
  /** The scan name (`version` on the wire). */
  readonly scanName: string | null;
  readonly submitter: string | null;
  /** ISO 8601 UTC; figures are computed at this time, so a later report of the same build may differ. */
  readonly generatedAt: string | null;
  /** ISO 8601 UTC. */
  readonly lastUpdatedAt: string | null;
  readonly policy: ReportPolicy;
  /** What the platform says the report has: static, dynamic and manual findings, without SCA. */
  readonly totalFlaws: number | null;
  readonly unmitigatedFlaws: number | null;
  readonly staticAnalysis: ReportAnalysis | null;
  readonly dynamicAnalysis: ReportAnalysis | null;
  readonly manualAnalysis: ReportAnalysis | null;
  readonly flawStatus: ReportFlawStatus | null;
  readonly components: ReportComponents | null;
}

/** The policy as it stands in a report. @public */
export interface ReportPolicy {
  readonly name: string | null;
  readonly version: string | null;
  readonly evaluation: PolicyEvaluation;
  /** The platform's spelling, empty when it said nothing. */
  readonly evaluationText: string;
  readonly rulesStatus: PolicyEvaluation;
  readonly rulesStatusText: string;
  readonly gracePeriodExpired: boolean | null;
  readonly scanOverdue: boolean | null;
}

/** One kind of analysis of a build. Times are ISO 8601 UTC. @public */
export interface ReportAnalysis {
  readonly rating: string | null;
  readonly score: number | null;
  readonly submittedAt: string | null;
  readonly publishedAt: string | null;
  readonly engineVersion: string | null;
  readonly modules: readonly ReportModule[];
}

/** One analysed module. @public */
export interface ReportModule {
  readonly name: string;
  /** Lines of code. */
  readonly linesOfCode: number | null;
  /** Index = severity. */
  readonly flaws: Readonly<Record<Severity, number | null>>;
}

/** The platform's own counts of findings by their state. @public */
export interface ReportFlawStatus {
  readonly new: number | null;
  readonly open: number | null;
  readonly reopened: number | null;
  readonly fixed: number | null;
  readonly cannotReproduce: number | null;
  readonly total: number | null;
  readonly notMitigated: number | null;
}

/** The platform's own counts of the software composition analysis. @public */
export interface ReportComponents {
  readonly total: number | null;
  readonly violatesPolicy: boolean | null;
  readonly violatingPolicy: number | null;
  readonly blocklisted: number | null;
  /** Sum of what the components say; each vulnerability is one finding. Null when one of them says nothing. */
  readonly statedVulnerabilities: number | null;
}

/** A report read to its end: its facts, and the counts of the findings that were read. @public */
export interface DetailedReport extends ReportFacts {
  readonly tally: FindingTally;
}
