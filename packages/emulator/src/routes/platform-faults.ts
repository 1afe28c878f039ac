import type { ApiCall, Route } from '../exchange.js';
import { cancelBuildInUi, delayPolicy, deleteBuildInUi, failScan, stickPrescan } from '../platform/interventions.js';
import { currentBuild } from '../platform/lookup.js';
import type { BuildRecord, PlatformState } from '../platform/state.js';
import type { World } from '../platform/world.js';

/** Faults that show in what the platform does; those of the wire never get here. */
export type PlatformFault =
  /** The next reads still show the state before this call. */
  | { readonly kind: 'stale-read'; readonly reads: number }
  /** The prescan never ends. */
  | { readonly kind: 'stuck-prescan' }
  /** The scan ends with errors. */
  | { readonly kind: 'scan-failed' }
  /** Somebody deletes the build just before the call. */
  | { readonly kind: 'deleted-build' }
  /** Somebody cancels prescan or scan just before the call. */
  | { readonly kind: 'cancelled-in-ui' }
  /** The policy stays at Calculating...; seconds after publication, null: for ever. */
  | { readonly kind: 'policy-calculating'; readonly seconds: number | null }
  /** The new name is refused as taken. */
  | { readonly kind: 'duplicate-name' };

/** Says which faults a call meets; asking uses them up. */
export interface PlatformFaults {
  take(operation: string): readonly PlatformFault[];
}

/** Calls that change the platform; all others read. */
const changingOperations: ReadonlySet<string> = new Set([
  'createapp.do',
  'updateapp.do',
  'deleteapp.do',
  'createbuild.do',
  'updatebuild.do',
  'deletebuild.do',
  'uploadfile.do',
  'uploadlargefile.do',
  'removefile.do',
  'beginprescan.do',
  'beginscan.do',
  'createsandbox.do',
  'updatesandbox.do',
  'deletesandbox.do',
  'promotesandbox.do',
  'updatemitigationinfo.do',
  'generateflawreport.do',
  'PUT /appsec/v1/applications/{guid}',
]);

/** Does the operation change the platform? */
export function isChanging(operation: string): boolean {
  return changingOperations.has(operation);
}

/** Lets every route meet the platform's faults. */
export function withPlatformFaults(routes: readonly Route[], world: World, faults: PlatformFaults): Route[] {
  return routes.map((route) => ({
    ...route,
    async handle(call, path) {
      const met = faults.take(route.operation);
      if (isChanging(route.operation)) {
        const reads = met.find((fault) => fault.kind === 'stale-read')?.reads ?? 0;
        const staleView = reads > 0 ? { state: structuredClone(world.state), readsLeft: reads } : world.staleView;
        met.forEach((fault) => disturbBefore(world, call, fault));
        const response = await handleWithTakenNames(world, met, () => route.handle(call, path));
        met.forEach((fault) => disturbAfter(world, call, fault));
        world.staleView = staleView;
        return response;
      }
      met.forEach((fault) => {
        disturbBefore(world, call, fault);
        disturbAfter(world, call, fault);
      });
      const { staleView } = world;
      if (staleView === null || staleView.readsLeft === 0) {
        return route.handle(call, path);
      }
      staleView.readsLeft -= 1;
      return lookAt(world, staleView.state, () => route.handle(call, path));
    },
  }));
}

/** Reads decide everything before they first wait, so the old state need only be shown until then. */
function lookAt<T>(world: World, state: PlatformState, read: () => T): T {
  const truth = world.state;
  world.state = state;
  try {
    return read();
  } finally {
    world.state = truth;
  }
}

async function handleWithTakenNames<T>(world: World, met: readonly PlatformFault[], handle: () => T): Promise<Awaited<T>> {
  world.namesAreTaken = met.some(({ kind }) => kind === 'duplicate-name');
  try {
    return await handle();
  } finally {
    world.namesAreTaken = false;
  }
}

function disturbBefore(world: World, call: ApiCall, { kind }: PlatformFault): void {
  const build = addressedBuild(world, call);
  if (build !== undefined && kind === 'deleted-build') {
    deleteBuildInUi(world, build);
  }
  if (build !== undefined && kind === 'cancelled-in-ui') {
    cancelBuildInUi(world, build);
  }
}

function disturbAfter(world: World, call: ApiCall, fault: PlatformFault): void {
  const build = addressedBuild(world, call);
  if (build === undefined) {
    return;
  }
  if (fault.kind === 'stuck-prescan') {
    stickPrescan(world, build);
  }
  if (fault.kind === 'scan-failed') {
    failScan(world, build);
  }
  if (fault.kind === 'policy-calculating') {
    delayPolicy(build, fault.seconds);
  }
}

/** The build that the call names, else the current one of the context that it names. */
function addressedBuild(world: World, { parameters }: ApiCall): BuildRecord | undefined {
  const buildId = parameters.get('build_id');
  if (buildId !== undefined) {
    const all = world.state.applications.flatMap(({ builds }) => builds);
    return all.find(({ id, deleted }) => id === buildId && deleted === null);
  }
  const applicationId = parameters.get('app_id') ?? parameters.get('appid');
  const application = world.state.applications.find(({ id, deleted }) => id === applicationId && deleted === null);
  const sandboxId = parameters.get('sandbox_id');
  const sandbox = application?.sandboxes.find(({ id }) => id === sandboxId);
  if (application === undefined || (sandboxId !== undefined && sandbox === undefined)) {
    return undefined;
  }
  return currentBuild({ application, sandbox: sandbox ?? null }, world.clock.emulatedMs());
}
