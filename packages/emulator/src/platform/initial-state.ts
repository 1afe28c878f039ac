import { createHash } from 'node:crypto';
import type { ApplicationSpec, ExistingBuildSpec } from '../scenarios/application-schema.js';
import type { BuildStatus } from '../scenarios/vocabulary.js';
import { newApplication } from './applications.js';
import { recordEvent } from './build-events.js';
import { newBuild } from './builds.js';
import type { ScanContext } from './lookup.js';
import { findModules } from './modules.js';
import { newSandbox } from './sandboxes.js';
import { scheduleScan } from './scan-schedule.js';
import type { BuildRecord, FileRecord, PlatformState, PrescanRecord, ScanRecord } from './state.js';
import { takeFileId, takeId, type World } from './world.js';

const minuteMs = 60_000;
const beforePrescan: readonly BuildStatus[] = ['Incomplete'];
const duringPrescan: readonly BuildStatus[] = ['Pre-Scan Submitted'];
const withoutScan: readonly BuildStatus[] = ['Pre-Scan Success', 'Pre-Scan Failed', 'Pre-Scan Cancelled', 'No Modules Defined'];

/** A world in which nothing has happened yet. */
export function emptyState(): PlatformState {
  return {
    version: 1,
    ids: { application: 200_001, sandbox: 400_001, build: 3_000_001, file: 500_001, module: 900_001 },
    applications: [],
    flawReports: [],
    pipelineScans: [],
    users: [],
  };
}

/** Puts the scenario's applications, sandboxes and builds into the world. */
export function populate(world: World): void {
  for (const spec of world.scenario.applications) {
    populateApplication(world, spec);
  }
}

function populateApplication(world: World, spec: ApplicationSpec): void {
  const nowMs = world.clock.emulatedMs();
  const { builds, sandboxes, createdDaysAgo, policy, ...fields } = spec;
  const atMs = nowMs - createdDaysAgo * 24 * 60 * minuteMs;
  const profile = { ...fields, ...(policy === undefined ? {} : { policyName: policy }) };
  const application = newApplication(world, profile, { by: 'scenario', atMs });
  world.state.applications.push(application);
  for (const build of builds) {
    populateBuild(world, { application, sandbox: null }, build);
  }
  for (const sandboxSpec of sandboxes) {
    const sandbox = newSandbox(world, { ...sandboxSpec, atMs });
    application.sandboxes.push(sandbox);
    for (const build of sandboxSpec.builds) {
      populateBuild(world, { application, sandbox }, build);
    }
  }
}

function populateBuild(world: World, context: ScanContext, spec: ExistingBuildSpec): void {
  const atMs = world.clock.emulatedMs() - spec.startedMinutesAgo * minuteMs;
  const build = newBuild(world, context, { name: spec.name, submittedBy: spec.submittedBy, legacyScanEngine: false, atMs });
  build.files = spec.files.map((name) => existingFile(world, name, build));
  build.fileRevision = build.files.length;
  build.prescan = beforePrescan.includes(spec.status) ? null : existingPrescan(world, build, spec);
  build.scan = build.prescan === null ? null : existingScan(world, build, spec, build.prescan);
  build.held = {
    status: spec.status,
    sinceMs: atMs,
    untilMs: spec.endsInMinutes === undefined ? null : world.clock.emulatedMs() + spec.endsInMinutes * minuteMs,
  };
  recordEvent(build, 'created', { by: spec.submittedBy, atMs, detail: 'scenario' });
  context.application.builds.push(build);
}

function existingFile(world: World, name: string, build: BuildRecord): FileRecord {
  const content = `${build.id}/${name}`;
  return {
    id: takeFileId(world),
    name,
    status: 'Uploaded',
    sizeBytes: 1_000_000,
    md5: createHash('md5').update(content).digest('hex'),
    sha256: createHash('sha256').update(content).digest('hex'),
    uploadedAtMs: build.createdAtMs,
    uploadedBy: build.submittedBy,
  };
}

function existingPrescan(world: World, build: BuildRecord, spec: ExistingBuildSpec): PrescanRecord {
  const running = duringPrescan.includes(spec.status);
  const end = spec.status === 'Pre-Scan Failed' || spec.status === 'Pre-Scan Cancelled' || spec.status === 'No Modules Defined' ? spec.status : 'Pre-Scan Success';
  return {
    begunBy: spec.submittedBy,
    begunAtMs: build.createdAtMs,
    visibleAtMs: build.createdAtMs,
    endsAtMs: running ? null : build.createdAtMs,
    end,
    fileRevision: build.fileRevision,
    autoScan: spec.autoScan,
    modules: findModules(build.files, build.behaviour, () => takeId(world, 'module')),
  };
}

function existingScan(world: World, build: BuildRecord, spec: ExistingBuildSpec, prescan: PrescanRecord): ScanRecord | null {
  const neverScanned = withoutScan.includes(spec.status) || duringPrescan.includes(spec.status);
  if (neverScanned && spec.endsInMinutes === undefined) {
    return null;
  }
  const modules = prescan.modules.filter(({ fatal, dependency }) => !fatal && !dependency);
  const scan = scheduleScan(build.behaviour, {
    begunBy: spec.submittedBy,
    begunAtMs: build.createdAtMs,
    moduleIds: modules.map(({ id }) => id),
  });
  return { ...scan, policyKnownAtMs: build.createdAtMs };
}
