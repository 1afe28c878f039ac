import { deleteBuilds, recordEvent } from './build-events.js';
import { buildPhase, type BuildPhase } from './build-status.js';
import { currentBuild, type ScanContext } from './lookup.js';
import type { BuildRecord } from './state.js';
import type { World } from './world.js';

const somebody = 'someone-in-the-web-interface';

/** Somebody deletes the newest build of the context in the web interface. */
export function deleteBuildInUi(world: World, context: ScanContext): BuildRecord | undefined {
  const nowMs = world.clock.emulatedMs();
  const build = currentBuild(context, nowMs);
  if (build !== undefined) {
    deleteBuilds([build], { by: somebody, atMs: nowMs });
  }
  return build;
}

const cancellable: readonly BuildPhase[] = ['prescan-running', 'prescan-succeeded', 'scan-running'];

/** Somebody cancels the running prescan or scan of the context in the web interface. */
export function cancelBuildInUi(world: World, context: ScanContext): BuildRecord | undefined {
  const nowMs = world.clock.emulatedMs();
  const build = currentBuild(context, nowMs);
  if (build === undefined) {
    return undefined;
  }
  const phase = buildPhase(build, nowMs);
  if (!cancellable.includes(phase)) {
    return undefined;
  }
  const status = phase === 'scan-running' ? 'Scan Cancelled' : 'Pre-Scan Cancelled';
  build.held = { status, sinceMs: nowMs, untilMs: null };
  recordEvent(build, 'cancelled', { by: somebody, atMs: nowMs, detail: status });
  return build;
}
