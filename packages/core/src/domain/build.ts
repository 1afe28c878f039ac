/** One upload of artifacts and its scan; the user interface calls it a scan. @public */
export interface Build {
  readonly id: string;
  /** The scan name (`version` on the wire), unique in the application. */
  readonly name: string;
}

/** The place of a line of builds. @public */
export interface BuildContext {
  readonly applicationId: string;
  /** Null means the policy context. */
  readonly sandboxId: string | null;
}

/**
 * A build's state word, normalised (`Pre-Scan Success` and `Prescan success` are one). Words that nobody
 * documented become `unknown`; the platform's own spelling stands beside it.
 *
 * @public
 */
export type BuildStatus =
  | 'incomplete'
  | 'prescan-submitted'
  | 'prescan-success'
  | 'prescan-failed'
  | 'prescan-cancelled'
  | 'no-modules-defined'
  | 'not-submitted-to-engine'
  | 'submitted-to-engine'
  | 'scan-in-process'
  | 'scan-errors'
  | 'scan-internal-error'
  | 'scan-cancelled'
  | 'scan-on-hold'
  | 'pending-internal-review'
  | 'pending-vendor-confirmation'
  | 'vendor-reviewing'
  | 'results-ready'
  | 'unknown';

/** What the platform says about the policy. `unknown` is never a pass. @public */
export type PolicyEvaluation = 'pass' | 'conditional-pass' | 'did-not-pass' | 'not-assessed' | 'calculating' | 'unknown';

/** Status and policy evaluation of one build, from `getbuildinfo.do` and its kin. @public */
export interface BuildInfo extends Build {
  /** Part of links for people; null when the platform left it out. */
  readonly accountId: string | null;
  readonly applicationId: string;
  readonly sandboxId: string | null;
  readonly submitter: string | null;
  /** Of the static analysis unit; `unknown` when there is none. */
  readonly status: BuildStatus;
  /** The platform's spelling, empty when it said nothing. */
  readonly statusText: string;
  readonly resultsReady: boolean;
  /** ISO 8601 UTC. */
  readonly publishedAt: string | null;
  readonly policyName: string | null;
  readonly policyVersion: string | null;
  readonly policyEvaluation: PolicyEvaluation;
  readonly policyEvaluationText: string;
  readonly rulesStatus: PolicyEvaluation;
  readonly rulesStatusText: string;
  readonly policyUpdatedAt: string | null;
  readonly gracePeriodExpired: boolean | null;
  readonly scanOverdue: boolean | null;
}

/** One uploaded file of a build. @public */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  /** The platform's spelling; only `Uploaded` is good. */
  readonly statusText: string;
  readonly uploaded: boolean;
  /** Lower-case hex; null until the platform knows it. */
  readonly md5: string | null;
}

/** The files of a build. @public */
export interface FileList {
  readonly applicationId: string;
  readonly sandboxId: string | null;
  readonly buildId: string;
  readonly files: readonly UploadedFile[];
}

/** One module that the prescan found. @public */
export interface PrescanModule {
  readonly id: string;
  readonly name: string;
  readonly fileId: string | null;
  readonly statusText: string;
  readonly hasFatalErrors: boolean;
  /** False means top-level: it can be selected. */
  readonly isDependency: boolean;
  readonly platform: string | null;
  readonly size: string | null;
  readonly issues: readonly string[];
}

/** What the prescan found in a build. @public */
export interface PrescanResults {
  readonly applicationId: string;
  readonly sandboxId: string | null;
  readonly buildId: string;
  readonly modules: readonly PrescanModule[];
}
