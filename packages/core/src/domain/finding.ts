import type { Severity } from './severity.js';

/** How a finding was found. @public */
export type FindingKind = 'static' | 'dynamic' | 'manual' | 'sca';

/** Whether the finding is there in the newest scan; `unknown` when the platform used a word we do not know. @public */
export type FindingStatus = 'new' | 'open' | 'reopened' | 'fixed' | 'cannot-reproduce' | 'unknown';

/** Proposed mitigations do not count as accepted ones. @public */
export type MitigationState = 'none' | 'proposed' | 'accepted' | 'rejected' | 'unknown';

/** What was decided about a finding, as far as the platform says. @public */
export interface Mitigation {
  readonly state: MitigationState;
  /**
   * The platform's words, for instance `Mitigate by Design`. Null for most SCA findings that were read over REST: see
   * `approver`.
   */
  readonly reason: string | null;
  /**
   * Who accepted or rejected it. Always null for SCA findings that were read over REST: the Findings API says only what
   * was decided, and the answer of `GET /srcclr/v3/applications/{app}/sca_annotations`, where the rest stands, is
   * documented nowhere. The XML detailed report names the approver.
   */
  readonly approver: string | null;
}

/** Where a finding lies. Absent facts are null. @public */
export interface FindingLocation {
  readonly module: string | null;
  /** Path as the platform knows it (package or binary path), `/` between segments. */
  readonly file: string | null;
  /** The file of the checkout that `file` was mapped to, relative to its root; null where nobody looked, or none fits. */
  readonly repositoryPath: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly function: string | null;
  readonly url: string | null;
  readonly parameter: string | null;
}

/** A licence of an open-source component. @public */
export interface ComponentLicence {
  /** The SPDX id where the platform gives one, else its own name. */
  readonly name: string;
  /** The platform's rating, 0–5: 2 low, 3 medium, 4 and 5 high; null when it says nothing. */
  readonly risk: number | null;
}

/** The open-source component of an SCA finding. @public */
export interface FindingComponent {
  readonly id: string | null;
  readonly fileName: string;
  readonly version: string | null;
  readonly vulnerabilityId: string;
  readonly cvss: number | null;
  readonly licences: readonly ComponentLicence[];
}

/**
 * What the engine computes to recognise a flaw in another scan. Equal values are the same flaw; one scan may have
 * several flaws with equal values, so they are counted. Hashes are text.
 *
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export interface FlawMatch {
  readonly procedureHash: string;
  readonly prototypeHash: string;
  readonly flawHash: string;
  readonly flawHashCount: number;
  readonly flawHashOrdinal: number;
  readonly causeHash: string;
  readonly causeHashCount: number;
  readonly causeHashOrdinal: number;
}

/** One place that data passes on its way to a finding. Absent facts are null. @public */
export type FindingDataStep = Pick<FindingLocation, 'file' | 'repositoryPath' | 'line' | 'function'>;

/** A way by which outside data reaches a finding, from where it enters to where it does harm; never empty. @public */
export interface FindingDataPath {
  readonly steps: readonly FindingDataStep[];
}

/** One normalised finding, whichever report it came from. @public */
export interface Finding {
  /**
   * Unique in one set of findings. Stable over the scans of an application: the platform's issue id, for SCA
   * `<component>:<vulnerability>`. Pipeline scans know no lasting ids: there it is made from what the finding is.
   */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** CWE number without prefix. */
  readonly cwe: number | null;
  readonly cweName: string | null;
  readonly category: string | null;
  readonly description: string;
  readonly location: FindingLocation;
  readonly status: FindingStatus;
  readonly affectsPolicy: boolean | null;
  readonly mitigation: Mitigation;
  /** ISO 8601, UTC. */
  readonly firstFoundAt: string | null;
  /** ISO 8601, UTC. */
  readonly gracePeriodExpiresAt: string | null;
  /** -2 Very Unlikely … 2 Very Likely. */
  readonly exploitability: number | null;
  /** 1 trivial … 5 complex design error. */
  readonly remediationEffort: number | null;
  readonly component: FindingComponent | null;
  /** Only pipeline scans tell it, and not for every language. */
  readonly flawMatch: FlawMatch | null;
  /** How outside data reaches the finding; null where nobody asked, or the answer could not be read. */
  readonly dataPaths: readonly FindingDataPath[] | null;
}

/** Findings that can be read again from the start, in the report's order, without holding them in memory. @public */
export type FindingSource = AsyncIterable<Finding>;
