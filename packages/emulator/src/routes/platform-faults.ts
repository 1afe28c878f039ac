import type { ApiCall, Route } from '../exchange.js';
import type { PlatformFault } from '../faults/fault.js';
import { cancelBuildInUi, delayPolicy, deleteBuildInUi, failScan, stickPrescan } from '../platform/interventions.js';
import { currentBuild } from '../platform/lookup.js';
import type { BuildRecord, PlatformState } from '../platform/state.js';
import type { World } from '../platform/world.js';

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
  'POST /appsec/v1/applications',
  'PUT /appsec/v1/applications/{guid}',
  'DELETE /appsec/v1/applications/{guid}',
  'POST /appsec/v1/applications/{guid}/sandboxes',
  'PUT /appsec/v1/applications/{guid}/sandboxes/{sandbox}',
  'DELETE /appsec/v1/applications/{guid}/sandboxes/{sandbox}',
  'POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote',
  'POST /pipeline_scan/v1/scans',
  'PUT /pipeline_scan/v1/scans/{scan_id}',
  'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}',
]);

/** Does the operation change the platform? */
export function isChanging(operation: string): boolean {
  return changingOperations.has(operation);
}

/** Lets every route meet the platform's faults. */
export function withPlatformFaults(routes: readonly Route[], world: World): Route[] {
  return routes.map((route) => ({
    ...route,
    async handle(call, path) {
      const met = call.faults;
      if (isChanging(route.operation)) {
        const reads = met.find((fault) => fault.kind === 'stale-read')?.reads ?? 0;
        const staleView = reads > 0 ? { state: structuredClone(world.state), readsLeft: reads } : world.staleView;
        met.forEach((fault) => disturbBefore(world, call, fault));
        const response = await handleWithTakenNames(world, met, () => route.handle(call, path));
        met.filter(() => response.refusal === undefined).forEach((fault) => disturbAfter(world, call, fault, { justBegun: true }));
        world.staleView = staleView;
        return response;
      }
      met.forEach((fault) => {
        disturbBefore(world, call, fault);
        disturbAfter(world, call, fault, { justBegun: false });
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

/** @param moment.justBegun - the call itself began the prescan or scan, however short those are */
function disturbAfter(world: World, call: ApiCall, fault: PlatformFault, moment: { readonly justBegun: boolean }): void {
  const build = addressedBuild(world, call);
  if (build === undefined) {
    return;
  }
  if (fault.kind === 'stuck-prescan') {
    stickPrescan(world, build, moment);
  }
  if (fault.kind === 'scan-failed') {
    failScan(world, build, moment);
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
