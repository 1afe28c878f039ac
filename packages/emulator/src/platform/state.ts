import type { RoleName } from '../scenarios/account-schema.js';
import type { ScanBehaviour } from '../scenarios/scan-rule-schema.js';
import type {
  BuildStatus,
  Criticality,
  FileStatus,
  LifecycleStage,
  MitigationActionName,
  PolicyEvaluation,
} from '../scenarios/vocabulary.js';
import type { PipelineScanRecord } from './pipeline/pipeline-record.js';

/**
 * The emulated world as plain JSON. All times are emulated milliseconds since the Unix epoch. States that pass with time are
 * not stored: a record says when things begin and end, and what is true now is worked out when somebody asks.
 */
export interface PlatformState {
  readonly version: 1;
  ids: Record<IdKind, number>;
  applications: ApplicationRecord[];
  /** Tokens of generateflawreport.do. */
  flawReports: FlawReportRecord[];
  /** Oldest first; they belong to no application. */
  pipelineScans: PipelineScanRecord[];
  /** Users that calls have made, beside those of the scenario. */
  users: UserRecord[];
}

export type IdKind = 'application' | 'sandbox' | 'build' | 'file' | 'module';

export interface ApplicationRecord {
  readonly id: string;
  readonly guid: string;
  name: string;
  criticality: Criticality;
  policyName: string;
  teams: string[];
  description: string;
  vendorId: string;
  businessUnit: string;
  businessOwner: string;
  businessOwnerEmail: string;
  origin: string;
  industry: string;
  appType: string;
  deploymentMethod: string;
  webApplication: boolean;
  archerName: string;
  tags: string;
  repositoryUrl: string;
  customFields: string[];
  readonly createdBy: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  sandboxes: SandboxRecord[];
  builds: BuildRecord[];
  /** By issue id, oldest first. */
  mitigations: Record<string, MitigationRecord[]>;
  deleted: DeletionRecord | null;
}

export interface SandboxRecord {
  readonly id: string;
  readonly guid: string;
  name: string;
  owner: string;
  autoRecreate: boolean;
  customFields: string[];
  readonly createdAtMs: number;
  modifiedAtMs: number;
  deleted: DeletionRecord | null;
}

export interface UserRecord {
  readonly userName: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly kind: 'api-service-account' | 'person';
  readonly roles: RoleName[];
  readonly teams: string[];
  readonly createdBy: string;
  readonly createdAtMs: number;
}

export interface DeletionRecord {
  readonly by: string;
  readonly atMs: number;
}

export interface BuildRecord {
  readonly id: string;
  /** null: a policy scan. */
  readonly sandboxId: string | null;
  name: string;
  readonly submittedBy: string;
  readonly createdAtMs: number;
  /** Promoted builds show up later than they are made. */
  readonly visibleFromMs: number;
  lifecycleStage: LifecycleStage;
  /** ISO date or null. */
  launchDate: string | null;
  readonly legacyScanEngine: boolean;
  files: FileRecord[];
  /** Counts changes of `files`; tells whether a prescan has seen them all. */
  fileRevision: number;
  prescan: PrescanRecord | null;
  scan: ScanRecord | null;
  /** A state that somebody or something else put the build into; wins over what the times say. */
  held: HeldStatus | null;
  /** What scans of this build do, settled when the build is made. */
  behaviour: ScanBehaviour;
  promotedTo: string | null;
  deleted: DeletionRecord | null;
  events: BuildEvent[];
}

export interface FileRecord {
  /** Decimal text: may not fit a JavaScript number. */
  readonly id: string;
  readonly name: string;
  readonly status: FileStatus;
  readonly sizeBytes: number;
  readonly md5: string;
  readonly sha256: string;
  readonly uploadedAtMs: number;
  readonly uploadedBy: string;
}

export type PrescanEnd = 'Pre-Scan Success' | 'Pre-Scan Failed' | 'Pre-Scan Cancelled' | 'No Modules Defined';

export interface PrescanRecord {
  readonly begunBy: string;
  readonly begunAtMs: number;
  /** When `Pre-Scan Submitted` becomes visible. */
  readonly visibleAtMs: number;
  /** null: never. */
  readonly endsAtMs: number | null;
  readonly end: PrescanEnd;
  readonly fileRevision: number;
  readonly autoScan: boolean;
  readonly modules: readonly ModuleRecord[];
}

export interface ModuleRecord {
  readonly id: string;
  readonly name: string;
  readonly fileId: string;
  readonly checksum: string;
  readonly platform: string;
  readonly sizeBytes: number;
  readonly status: string;
  readonly fatal: boolean;
  readonly dependency: boolean;
  readonly issues: readonly string[];
  readonly fileIssues: readonly { readonly file: string; readonly details: string }[];
}

export interface ScanRecord {
  readonly begunBy: string;
  /** May lie in the future: auto-scan begins when the prescan ends. */
  readonly begunAtMs: number;
  readonly moduleIds: readonly string[];
  /** States in order; the last one lasts for ever. */
  readonly stages: readonly ScanStage[];
  /** When the policy is evaluated; null: never. */
  readonly policyKnownAtMs: number | null;
}

export interface ScanStage {
  readonly status: BuildStatus;
  readonly fromMs: number;
}

export interface HeldStatus {
  readonly status: BuildStatus;
  readonly sinceMs: number;
  /** When the state ends in published results; null: never. */
  readonly untilMs: number | null;
}

/** What happened to a build; auto-scans are events of the moment at which they begin. */
export interface BuildEvent {
  readonly kind:
    | 'created'
    | 'created-by-upload'
    | 'updated'
    | 'file-uploaded'
    | 'file-replaced'
    | 'file-removed'
    | 'upload-broken-off'
    | 'prescan-begun'
    | 'scan-begun'
    | 'cancelled'
    | 'promoted'
    | 'deleted';
  readonly atMs: number;
  readonly by: string;
  readonly detail?: string;
}

export interface MitigationRecord {
  readonly action: MitigationActionName;
  readonly comment: string;
  readonly by: string;
  readonly atMs: number;
}

export interface FlawReportRecord {
  readonly token: string;
  readonly applicationIds: readonly string[];
  readonly readyAtMs: number;
}

/** Compliance and rules status of a build at a moment. */
export interface PolicyStatus {
  readonly compliance: PolicyEvaluation;
  readonly rules: PolicyEvaluation;
  readonly gracePeriodExpired: boolean;
}
