import type { EmulatedAccount } from '../exchange.js';
import type { ScanBehaviour } from '../scenarios/scan-rule-schema.js';
import { demandRight } from './access.js';
import { recordEvent } from './build-events.js';
import { buildPhase, buildStatus } from './build-status.js';
import { demandBuildFor, demandState } from './builds.js';
import { isUploading } from './files.js';
import { buildsOf, chooseBuild, type ScanContext } from './lookup.js';
import { findModules } from './modules.js';
import { PlatformRefusal } from './refusal.js';
import { demandRunningScanLimit } from './running-scans.js';
import { scheduleScan } from './scan-schedule.js';
import type { BuildRecord, ModuleRecord, PrescanEnd, PrescanRecord } from './state.js';
import { takeId, type World } from './world.js';

/** What `beginprescan.do` may say; an absent `autoScan` takes over the value of the context's previous scan. */
export interface PrescanOptions {
  readonly autoScan: boolean | undefined;
  /** Scan in spite of fatal top-level modules; counts only with auto-scan. */
  readonly nonFatalModules: boolean;
  /** Also modules that the previous scan did not select; counts only with the other two. */
  readonly newModules: boolean;
}

/** Submits the prescan of the current build. With auto-scan the scan is planned at once, for the moment the prescan ends. */
export function beginPrescan(world: World, account: EmulatedAccount, context: ScanContext, options: PrescanOptions): BuildRecord {
  demandRight(account, 'submit-scans');
  const nowMs = world.clock.emulatedMs();
  const build = demandBuildFor('beginprescan', context, nowMs);
  demandSomethingToPrescan(world, context, build, nowMs);
  demandRunningScanLimit(world, context, build);
  const autoScan = options.autoScan ?? previousAutoScan(world, context, build);
  const prescan = schedulePrescan(world, build, { begunBy: account.userName, begunAtMs: nowMs, autoScan });
  build.prescan = prescan;
  build.held = null;
  build.scan = null;
  recordEvent(build, 'prescan-begun', { by: account.userName, atMs: nowMs });
  const selected = autoScan ? autoSelection(prescan, previousSelection(world, context, build), options) : [];
  if (prescan.end === 'Pre-Scan Success' && prescan.endsAtMs !== null && selected.length > 0) {
    build.scan = scheduleScan(build.behaviour, {
      begunBy: 'auto-scan',
      begunAtMs: prescan.endsAtMs,
      moduleIds: selected.map(({ id }) => id),
    });
  }
  return build;
}

/** The modules of a build whose prescan is over. */
export function prescanResults(
  world: World,
  account: EmulatedAccount,
  context: ScanContext,
  buildId: string | undefined,
): { readonly build: BuildRecord; readonly modules: readonly ModuleRecord[] } {
  demandRight(account, 'view');
  const nowMs = world.clock.emulatedMs();
  const build = chooseBuild(context, buildId, nowMs);
  demandState('getprescanresults', build, nowMs);
  return { build, modules: build.prescan?.end === 'Pre-Scan Success' ? build.prescan.modules : [] };
}

/** Names of the modules that the newest earlier scan of the context took in. */
export function previousSelection(world: World, context: ScanContext, build: BuildRecord): ReadonlySet<string> | undefined {
  const earlier = buildsOf(context, world.clock.emulatedMs()).filter((other) => other !== build);
  const previous = earlier.findLast(({ scan }) => scan !== null);
  if (previous === undefined) {
    return undefined;
  }
  const ids = new Set(previous.scan?.moduleIds);
  return new Set(previous.prescan?.modules.filter(({ id }) => ids.has(id)).map(({ name }) => name));
}

function demandSomethingToPrescan(world: World, context: ScanContext, build: BuildRecord, nowMs: number): void {
  if (isUploading(world, context)) {
    throw new PlatformRefusal(`Build ${build.id} has been updated by another transaction.`);
  }
  if (build.files.length === 0) {
    throw new PlatformRefusal(`Build ${build.id} has no files to prescan. Upload at least one file.`);
  }
  if (buildPhase(build, nowMs) === 'prescan-succeeded' && build.prescan?.fileRevision === build.fileRevision) {
    throw new PlatformRefusal(`Build ${build.id} is in the state "${buildStatus(build, nowMs)}" and its files have not changed.`);
  }
}

function previousAutoScan(world: World, context: ScanContext, build: BuildRecord): boolean {
  const withPrescan = buildsOf(context, world.clock.emulatedMs()).findLast((other) => other !== build && other.prescan !== null);
  return build.prescan?.autoScan ?? withPrescan?.prescan?.autoScan ?? world.scenario.settings.autoScanDefault;
}

function schedulePrescan(
  world: World,
  build: BuildRecord,
  begun: Pick<PrescanRecord, 'begunBy' | 'begunAtMs' | 'autoScan'>,
): PrescanRecord {
  const { behaviour } = build;
  const stuck = behaviour.prescanOutcome === 'never-ends';
  const visibleAtMs = begun.begunAtMs + behaviour.lagSeconds * 1000;
  const modules = findModules(build.files, behaviour, () => takeId(world, 'module'));
  return {
    ...begun,
    visibleAtMs,
    endsAtMs: stuck ? null : visibleAtMs + behaviour.prescanSeconds * 1000,
    end: endOf(behaviour.prescanOutcome, modules),
    fileRevision: build.fileRevision,
    modules,
  };
}

function endOf(outcome: ScanBehaviour['prescanOutcome'], modules: readonly ModuleRecord[]): PrescanEnd {
  if (outcome === 'failed') {
    return 'Pre-Scan Failed';
  }
  if (outcome === 'cancelled') {
    return 'Pre-Scan Cancelled';
  }
  return outcome === 'no-modules' || modules.length === 0 ? 'No Modules Defined' : 'Pre-Scan Success';
}

/**
 * The modules that auto-scan takes; none means that nobody starts the scan and the build stays at Pre-Scan Success.
 *
 * A fatal top-level module stops auto-scan, unless non-fatal modules were asked for and there is a good one among several.
 * Then only those that the previous scan selected are taken, or all of them with `newModules`.
 */
function autoSelection(
  { modules }: PrescanRecord,
  previous: ReadonlySet<string> | undefined,
  { nonFatalModules, newModules }: PrescanOptions,
): readonly ModuleRecord[] {
  const topLevel = modules.filter(({ dependency }) => !dependency);
  const good = topLevel.filter(({ fatal }) => !fatal);
  if (good.length === topLevel.length && !nonFatalModules) {
    return topLevel;
  }
  if (!nonFatalModules || (good.length < topLevel.length && modules.length < 2)) {
    return [];
  }
  if (previous === undefined || newModules) {
    return good;
  }
  const selectedBefore = good.filter(({ name }) => previous.has(name));
  return selectedBefore.length > 0 ? selectedBefore : good;
}
