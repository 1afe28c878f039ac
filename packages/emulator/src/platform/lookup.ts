import type { EmulatedAccount } from '../exchange.js';
import { seesApplication } from './access.js';
import { accessDenied, PlatformRefusal } from './refusal.js';
import type { ApplicationRecord, BuildRecord, SandboxRecord } from './state.js';
import type { World } from './world.js';

/** The policy scans of an application, or one of its sandboxes. */
export interface ScanContext {
  readonly application: ApplicationRecord;
  /** null: policy scans. */
  readonly sandbox: SandboxRecord | null;
}

/** A build and the place it lives in. */
export interface LocatedBuild extends ScanContext {
  readonly build: BuildRecord;
}

export function visibleApplications(world: World, account: EmulatedAccount): ApplicationRecord[] {
  return world.state.applications.filter((application) => application.deleted === null && seesApplication(account, application));
}

/** @throws PlatformRefusal "Access denied." for what does not exist as well as for what the account must not see. */
export function findApplication(world: World, account: EmulatedAccount, applicationId: string): ApplicationRecord {
  const application = visibleApplications(world, account).find(({ id }) => id === applicationId);
  if (application === undefined) {
    throw accessDenied();
  }
  return application;
}

export function liveSandboxes(application: ApplicationRecord): SandboxRecord[] {
  return application.sandboxes.filter(({ deleted }) => deleted === null);
}

/** @throws PlatformRefusal "Access denied." */
export function findContext(
  world: World,
  account: EmulatedAccount,
  ids: { readonly applicationId: string; readonly sandboxId: string | undefined },
): ScanContext {
  const application = findApplication(world, account, ids.applicationId);
  if (ids.sandboxId === undefined) {
    return { application, sandbox: null };
  }
  const sandbox = liveSandboxes(application).find(({ id }) => id === ids.sandboxId);
  if (sandbox === undefined) {
    throw accessDenied();
  }
  return { application, sandbox };
}

/** A sandbox by its id alone. @throws PlatformRefusal "Access denied." */
export function findSandbox(world: World, account: EmulatedAccount, sandboxId: string): ScanContext & { readonly sandbox: SandboxRecord } {
  for (const application of visibleApplications(world, account)) {
    const sandbox = liveSandboxes(application).find(({ id }) => id === sandboxId);
    if (sandbox !== undefined) {
      return { application, sandbox };
    }
  }
  throw accessDenied();
}

/** Builds of a context in the order of their making; deleted and not yet promoted ones are left out. */
export function buildsOf({ application, sandbox }: ScanContext, nowMs: number): BuildRecord[] {
  const sandboxId = sandbox?.id ?? null;
  return application.builds.filter(
    (build) => build.sandboxId === sandboxId && build.deleted === null && build.visibleFromMs <= nowMs,
  );
}

/** The build that calls without `build_id` mean. */
export function currentBuild(context: ScanContext, nowMs: number): BuildRecord | undefined {
  return buildsOf(context, nowMs).at(-1);
}

/** @throws PlatformRefusal "Could not find a build for application=..." */
export function demandCurrentBuild(context: ScanContext, nowMs: number): BuildRecord {
  return currentBuild(context, nowMs) ?? raise(noBuild(context));
}

/** The named build of the context's application, else the current one. */
export function chooseBuild(context: ScanContext, buildId: string | undefined, nowMs: number): BuildRecord {
  if (buildId === undefined) {
    return demandCurrentBuild(context, nowMs);
  }
  const build = liveBuilds(context.application, nowMs).find(({ id }) => id === buildId);
  const inContext = context.sandbox === null || build?.sandboxId === context.sandbox.id;
  return build !== undefined && inContext ? build : raise(noBuild(context));
}

/** A build by its id alone, wherever it is. */
export function findBuild(world: World, account: EmulatedAccount, buildId: string): LocatedBuild | undefined {
  for (const application of visibleApplications(world, account)) {
    const build = liveBuilds(application, world.clock.emulatedMs()).find(({ id }) => id === buildId);
    if (build !== undefined) {
      const sandbox = liveSandboxes(application).find(({ id }) => id === build.sandboxId) ?? null;
      return { application, sandbox, build };
    }
  }
  return undefined;
}

function liveBuilds(application: ApplicationRecord, nowMs: number): BuildRecord[] {
  return application.builds.filter(({ deleted, visibleFromMs }) => deleted === null && visibleFromMs <= nowMs);
}

function noBuild({ application, sandbox }: ScanContext): PlatformRefusal {
  const place = sandbox === null ? '' : ` and sandbox=${sandbox.id}`;
  return new PlatformRefusal(`Could not find a build for application=${application.id}${place}`);
}

function raise(error: Error): never {
  throw error;
}
