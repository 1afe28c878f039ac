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
  /** The platform's words, for instance `Mitigate by Design`. */
  readonly reason: string | null;
  readonly approver: string | null;
}

/** Where a finding lies. Absent facts are null. @public */
export interface FindingLocation {
  readonly module: string | null;
  /** Path as the platform knows it (package or binary path), `/` between segments. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly function: string | null;
  readonly url: string | null;
  readonly parameter: string | null;
}

/** The open-source component of an SCA finding. @public */
export interface FindingComponent {
  readonly id: string | null;
  readonly fileName: string;
  readonly version: string | null;
  readonly vulnerabilityId: string;
  readonly cvss: number | null;
}

/** One normalised finding, whichever report it came from. @public */
export interface Finding {
  /** Stable over the scans of an application: the platform's issue id, for SCA `<component>:<vulnerability>`. */
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
}

/** Findings that can be read again from the start, in the report's order, without holding them in memory. @public */
export type FindingSource = AsyncIterable<Finding>;
