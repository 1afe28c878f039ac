import type { EmulatedAccount } from '../exchange.js';
import { resolveBehaviour } from '../scenarios/scan-behaviour.js';
import type { LifecycleStage } from '../scenarios/vocabulary.js';
import { demandRight } from './access.js';
import { isAllowed, type BuildCall } from './allowed-calls.js';
import { deleteBuilds, recordEvent } from './build-events.js';
import { buildPhase, buildStatus } from './build-status.js';
import { buildsOf, chooseBuild, currentBuild, demandCurrentBuild, type LocatedBuild, type ScanContext } from './lookup.js';
import { PlatformRefusal } from './refusal.js';
import type { ApplicationRecord, BuildRecord } from './state.js';
import { takeId, type World } from './world.js';

/** Fields of a build that callers set. */
export interface BuildFields {
  readonly name?: string;
  readonly lifecycleStage?: LifecycleStage;
  /** ISO date. */
  readonly launchDate?: string;
}

/** Starts a build in a context whose current build, if there is one, has published its results. */
export function createBuild(
  world: World,
  account: EmulatedAccount,
  context: ScanContext,
  fields: BuildFields & { readonly name: string; readonly legacyScanEngine: boolean },
): BuildRecord {
  demandRight(account, 'submit-scans');
  const nowMs = world.clock.emulatedMs();
  const current = currentBuild(context, nowMs);
  if (current !== undefined && !isAllowed('createbuild', buildPhase(current, nowMs))) {
    throw new PlatformRefusal('App not in state where new builds are allowed.');
  }
  if (isBuildNameTaken(context.application, fields.name) || world.namesAreTaken) {
    throw nameTaken(fields.name);
  }
  const build = newBuild(world, context, { ...fields, submittedBy: account.userName, atMs: nowMs });
  keepBuild(context, build, 'created');
  return build;
}

/** The build that an upload brings about when there is no unfinished one: it is named after the day. Not in the list yet. */
export function draftBuildForUpload(world: World, account: EmulatedAccount, context: ScanContext): BuildRecord {
  const nowMs = world.clock.emulatedMs();
  const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'America/New_York' });
  const name = freeBuildName(context.application, `${day.format(nowMs)} Static`);
  return newBuild(world, context, { name, submittedBy: account.userName, legacyScanEngine: false, atMs: nowMs });
}

/** Puts a new build into its application. */
export function keepBuild({ application }: ScanContext, build: BuildRecord, event: 'created' | 'created-by-upload'): void {
  recordEvent(build, event, { by: build.submittedBy, atMs: build.createdAtMs });
  application.builds.push(build);
}

interface NewBuild extends BuildFields {
  readonly name: string;
  readonly legacyScanEngine: boolean;
  readonly submittedBy: string;
  readonly atMs: number;
}

/** A record without history; adds it nowhere. */
export function newBuild(
  world: World,
  { application, sandbox }: ScanContext,
  input: NewBuild,
): BuildRecord {
  return {
    id: String(takeId(world, 'build')),
    sandboxId: sandbox?.id ?? null,
    name: input.name,
    submittedBy: input.submittedBy,
    createdAtMs: input.atMs,
    visibleFromMs: input.atMs,
    lifecycleStage: input.lifecycleStage ?? 'Not Specified',
    launchDate: input.launchDate ?? null,
    legacyScanEngine: input.legacyScanEngine,
    files: [],
    fileRevision: 0,
    prescan: null,
    scan: null,
    held: null,
    behaviour: resolveBehaviour(world.scenario.scans, {
      application: application.name,
      sandbox: sandbox?.name ?? null,
      scanName: input.name,
    }),
    promotedTo: null,
    deleted: null,
    events: [],
  };
}

export function updateBuild(
  world: World,
  account: EmulatedAccount,
  context: ScanContext,
  change: BuildFields & { readonly buildId: string | undefined },
): BuildRecord {
  demandRight(account, 'submit-scans');
  const nowMs = world.clock.emulatedMs();
  const build = chooseBuild(context, change.buildId, nowMs);
  if (change.name !== undefined && change.name !== build.name && isBuildNameTaken(context.application, change.name)) {
    throw nameTaken(change.name);
  }
  const { name = build.name, lifecycleStage = build.lifecycleStage, launchDate = build.launchDate } = change;
  const isChange = name !== build.name || lifecycleStage !== build.lifecycleStage || launchDate !== build.launchDate;
  Object.assign(build, { name, lifecycleStage, launchDate });
  if (isChange) recordEvent(build, 'updated', { by: account.userName, atMs: nowMs });
  return build;
}

/** Deletes the newest build of the context, whichever it is: the call cannot name one. */
export function deleteCurrentBuild(world: World, account: EmulatedAccount, context: ScanContext): BuildRecord {
  demandRight(account, 'delete-scans');
  const nowMs = world.clock.emulatedMs();
  const build = demandCurrentBuild(context, nowMs);
  deleteBuilds([build], { by: account.userName, atMs: nowMs });
  return build;
}

/** The context's current build, if its state allows the call. @throws PlatformRefusal that names the state */
export function demandBuildFor(call: BuildCall, context: ScanContext, nowMs: number): BuildRecord {
  const build = demandCurrentBuild(context, nowMs);
  demandState(call, build, nowMs);
  return build;
}

/** @throws PlatformRefusal that names the state */
export function demandState(call: BuildCall, build: BuildRecord, nowMs: number): void {
  if (!isAllowed(call, buildPhase(build, nowMs))) {
    throw new PlatformRefusal(`The call is not allowed while build ${build.id} is in the state "${buildStatus(build, nowMs)}".`);
  }
}

/** Every build of a context, oldest first. */
export function listBuilds(world: World, context: ScanContext): BuildRecord[] {
  return buildsOf(context, world.clock.emulatedMs());
}

/** Is it the newest of its context? */
export function isLatest({ build, ...context }: LocatedBuild, nowMs: number): boolean {
  return currentBuild(context, nowMs) === build;
}

/** The name itself, or with a number behind it while it is taken. */
export function freeBuildName(application: ApplicationRecord, name: string): string {
  for (let count = 2, candidate = name; ; count += 1) {
    if (!isBuildNameTaken(application, candidate)) {
      return candidate;
    }
    candidate = `${name} (${count})`;
  }
}

/** Names are unique in the application, across its sandboxes; those of deleted builds are free again. */
function isBuildNameTaken(application: ApplicationRecord, name: string): boolean {
  return application.builds.some((build) => build.deleted === null && build.name === name);
}

function nameTaken(name: string): PlatformRefusal {
  return new PlatformRefusal(`There is another scan with the name "${name}" for the same application.`);
}
