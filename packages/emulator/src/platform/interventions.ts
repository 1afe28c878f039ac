import { deleteBuilds, recordEvent } from './build-events.js';
import { buildPhase, type BuildPhase } from './build-status.js';
import { lastStageFromMs } from './scan-schedule.js';
import type { BuildRecord } from './state.js';
import type { World } from './world.js';

const somebody = 'someone-in-the-web-interface';
const cancellable: readonly BuildPhase[] = ['prescan-running', 'prescan-succeeded', 'scan-running'];

/** Somebody deletes the build in the web interface. */
export function deleteBuildInUi(world: World, build: BuildRecord): void {
  deleteBuilds([build], { by: somebody, atMs: world.clock.emulatedMs() });
}

/** Somebody cancels the prescan or scan of the build in the web interface, if one is going on. */
export function cancelBuildInUi(world: World, build: BuildRecord): void {
  const nowMs = world.clock.emulatedMs();
  const phase = buildPhase(build, nowMs);
  if (!cancellable.includes(phase)) {
    return;
  }
  const status = phase === 'scan-running' ? 'Scan Cancelled' : 'Pre-Scan Cancelled';
  build.held = { status, sinceMs: nowMs, untilMs: null };
  recordEvent(build, 'cancelled', { by: somebody, atMs: nowMs, detail: status });
}

/** The running prescan never ends. One that was `justBegun` counts as running, even where a scenario lets it take no time. */
export function stickPrescan(world: World, build: BuildRecord, { justBegun = false } = {}): void {
  const running = justBegun || buildPhase(build, world.clock.emulatedMs()) === 'prescan-running';
  if (build.prescan !== null && running) {
    build.prescan = { ...build.prescan, endsAtMs: null };
    build.scan = null;
  }
}

/** The planned or running scan ends with errors instead of results. */
export function failScan(world: World, build: BuildRecord, { justBegun = false } = {}): void {
  const unfinished: readonly BuildPhase[] = ['prescan-running', 'scan-running'];
  if (build.scan === null || !(justBegun || unfinished.includes(buildPhase(build, world.clock.emulatedMs())))) {
    return;
  }
  const { stages, begunAtMs } = build.scan;
  const running = stages.filter(({ status }) => status !== 'Results Ready');
  build.scan = { ...build.scan, stages: [...running, { status: 'Scan Errors', fromMs: lastStageFromMs(stages, begunAtMs) }] };
}

/** The policy stays at Calculating... for a while after publication, or for ever (null). */
export function delayPolicy(build: BuildRecord, seconds: number | null): void {
  if (build.scan !== null) {
    const publishedMs = lastStageFromMs(build.scan.stages, build.scan.begunAtMs);
    build.scan = { ...build.scan, policyKnownAtMs: seconds === null ? null : publishedMs + seconds * 1000 };
  }
}
