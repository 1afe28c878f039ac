import type { BuildStatus } from '../scenarios/vocabulary.js';
import { begunScan, buildStatus, publishedAtMs, scannedModules } from './build-status.js';
import type { PipelineScanRecord } from './pipeline/pipeline-record.js';
import { pipelineStatus, type PipelineStatus } from './pipeline/pipeline-status.js';
import { policyStatusOf } from './policy-status.js';
import type {
  ApplicationRecord,
  BuildEvent,
  BuildRecord,
  DeletionRecord,
  FileRecord,
  ModuleRecord,
  PlatformState,
  SandboxRecord,
} from './state.js';
import { policyNamed, type World } from './world.js';

/** The truth about the emulated world, for people and tests; plain JSON. Deleted things stay in it. */
export interface PlatformSnapshot {
  /** Emulated time, milliseconds since the Unix epoch. */
  readonly nowMs: number;
  readonly applications: readonly ApplicationView[];
  readonly pipelineScans: readonly PipelineScanView[];
  /** What `restore` reads. */
  readonly state: PlatformState;
}

/** A pipeline scan with its state at this moment. */
export interface PipelineScanView extends PipelineScanRecord {
  readonly status: PipelineStatus;
  readonly timesStarted: number;
}

export interface DeletionView {
  readonly deleted: boolean;
  readonly deletedBy: string | null;
  readonly deletedAtMs: number | null;
}

export interface ApplicationView extends DeletionView {
  readonly id: string;
  readonly guid: string;
  readonly name: string;
  readonly criticality: string;
  readonly policyName: string;
  readonly teams: readonly string[];
  readonly tags: string;
  readonly businessUnit: string;
  readonly description: string;
  readonly repositoryUrl: string;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly sandboxes: readonly SandboxView[];
  /** Of every context, in the order of their making. */
  readonly builds: readonly BuildView[];
}

export interface SandboxView extends DeletionView {
  readonly id: string;
  readonly guid: string;
  readonly name: string;
  readonly owner: string;
  readonly createdAtMs: number;
}

export interface BuildView extends DeletionView {
  readonly id: string;
  readonly name: string;
  /** null: a policy scan. */
  readonly sandboxId: string | null;
  /** Of a deleted build: at the moment of its deletion. */
  readonly status: BuildStatus;
  readonly policyComplianceStatus: string;
  readonly policyRulesStatus: string;
  readonly submittedBy: string;
  readonly createdAtMs: number;
  readonly publishedAtMs: number | null;
  readonly files: readonly FileRecord[];
  readonly modules: readonly ModuleRecord[];
  readonly scannedModules: readonly string[];
  readonly prescansBegun: number;
  readonly scansBegun: number;
  readonly events: readonly BuildEvent[];
}

export function viewOf(world: World): PlatformSnapshot {
  const nowMs = world.clock.emulatedMs();
  const state = structuredClone(world.state);
  return {
    nowMs,
    applications: state.applications.map((application) => viewOfApplication(world, application, nowMs)),
    pipelineScans: state.pipelineScans.map((scan) => viewOfPipelineScan(scan, nowMs)),
    state,
  };
}

function viewOfApplication(world: World, application: ApplicationRecord, nowMs: number): ApplicationView {
  const { id, guid, name, criticality, policyName, teams, tags, businessUnit, description, repositoryUrl, createdBy, createdAtMs } = application;
  return {
    id,
    guid,
    name,
    criticality,
    policyName,
    teams,
    tags,
    businessUnit,
    description,
    repositoryUrl,
    createdBy,
    createdAtMs,
    ...viewOfDeletion(application.deleted),
    sandboxes: application.sandboxes.map(viewOfSandbox),
    builds: application.builds.map((build) => viewOfBuild(world, application, build, nowMs)),
  };
}

function viewOfPipelineScan(scan: PipelineScanRecord, nowMs: number): PipelineScanView {
  return { ...scan, status: pipelineStatus(scan, nowMs).status, timesStarted: scan.events.filter(({ kind }) => kind === 'started').length };
}

function viewOfSandbox({ id, guid, name, owner, createdAtMs, deleted }: SandboxRecord): SandboxView {
  return { id, guid, name, owner, createdAtMs, ...viewOfDeletion(deleted) };
}

function viewOfBuild(world: World, application: ApplicationRecord, build: BuildRecord, nowMs: number): BuildView {
  const momentMs = Math.min(nowMs, build.deleted?.atMs ?? Infinity);
  const policy = policyStatusOf(application, build, policyNamed(world.scenario, application.policyName), momentMs);
  const events = eventsOf(build, momentMs);
  return {
    id: build.id,
    name: build.name,
    sandboxId: build.sandboxId,
    status: buildStatus(build, momentMs),
    policyComplianceStatus: policy.compliance,
    policyRulesStatus: policy.rules,
    submittedBy: build.submittedBy,
    createdAtMs: build.createdAtMs,
    publishedAtMs: publishedAtMs(build, momentMs),
    files: build.files,
    modules: build.prescan?.modules ?? [],
    scannedModules: begunScan(build, momentMs) === null ? [] : scannedModules(build).map(({ name }) => name),
    prescansBegun: events.filter(({ kind }) => kind === 'prescan-begun').length,
    scansBegun: events.filter(({ kind }) => kind === 'scan-begun').length,
    ...viewOfDeletion(build.deleted),
    events,
  };
}

/** The events of a build; an auto-scan joins them once its moment has come, unless the build was cancelled first. */
function eventsOf(build: BuildRecord, momentMs: number): BuildEvent[] {
  const scan = begunScan(build, momentMs);
  if (scan?.begunBy !== 'auto-scan' || scan.begunAtMs > (build.held?.sinceMs ?? Infinity)) {
    return build.events;
  }
  const begun: BuildEvent = { kind: 'scan-begun', atMs: scan.begunAtMs, by: scan.begunBy };
  return [...build.events, begun].sort((left, right) => left.atMs - right.atMs);
}

function viewOfDeletion(deleted: DeletionRecord | null): DeletionView {
  return { deleted: deleted !== null, deletedBy: deleted?.by ?? null, deletedAtMs: deleted?.atMs ?? null };
}
