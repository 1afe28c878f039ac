import type { PolicyEvaluation } from './build.js';
import type { Severity } from './severity.js';

/** Figures of a published scan, without its findings. Times are ISO 8601 UTC. @public */
export interface SummaryReport {
  readonly applicationId: string;
  readonly applicationName: string;
  /** Null: a policy scan. */
  readonly sandboxName: string | null;
  readonly buildId: string;
  readonly scanName: string;
  readonly isLatestBuild: boolean | null;
  readonly generatedAt: string | null;
  readonly lastUpdatedAt: string | null;
  readonly policyName: string | null;
  readonly policyVersion: string | null;
  /** Of a sandbox never more than a conditional pass: its rules, or its findings, say more. */
  readonly policyEvaluation: PolicyEvaluation;
  readonly policyEvaluationText: string;
  readonly policyRulesStatus: PolicyEvaluation;
  readonly gracePeriodExpired: boolean | null;
  readonly scanOverdue: boolean | null;
  readonly totalFlaws: number;
  readonly unmitigatedFlaws: number;
  /** Static, dynamic and manual findings; components are not counted among them. */
  readonly flawsBySeverity: Readonly<Record<Severity, number>>;
  /** Null when the scan has no analysis of components. */
  readonly thirdPartyComponents: number | null;
}
