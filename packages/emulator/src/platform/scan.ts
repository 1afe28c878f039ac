import type { EmulatedAccount } from '../exchange.js';
import { demandRight } from './access.js';
import { recordEvent } from './build-events.js';
import { demandBuildFor } from './builds.js';
import type { ScanContext } from './lookup.js';
import { previousSelection } from './prescan.js';
import { PlatformRefusal } from './refusal.js';
import { demandRunningScanLimit } from './running-scans.js';
import { scheduleScan } from './scan-schedule.js';
import type { BuildRecord, ModuleRecord } from './state.js';
import type { World } from './world.js';

/** Which modules `beginscan.do` scans. */
export type ModuleSelection =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** Every top-level module without fatal errors. */
  | { readonly kind: 'all-top-level' }
  /** What was ticked in the web interface; without anyone ticking, the prescan's good top-level modules. */
  | { readonly kind: 'selected' }
  /** What the previous scan of the context took in. */
  | { readonly kind: 'previously-selected' };

/** Starts the scan of the current build. */
export function beginScan(world: World, account: EmulatedAccount, context: ScanContext, selection: ModuleSelection): BuildRecord {
  demandRight(account, 'submit-scans');
  const nowMs = world.clock.emulatedMs();
  const build = demandBuildFor('beginscan', context, nowMs);
  const modules = selectModules(world, context, build, selection);
  if (modules.length === 0) {
    throw new PlatformRefusal('No modules selected for the scan.');
  }
  demandRunningScanLimit(world, context, build);
  build.scan = scheduleScan(build.behaviour, {
    begunBy: account.userName,
    begunAtMs: nowMs,
    moduleIds: modules.map(({ id }) => id),
  });
  build.held = null;
  recordEvent(build, 'scan-begun', { by: account.userName, atMs: nowMs });
  return build;
}

function selectModules(
  world: World,
  context: ScanContext,
  build: BuildRecord,
  selection: ModuleSelection,
): readonly ModuleRecord[] {
  const modules = build.prescan?.modules ?? [];
  const scannable = modules.filter(({ fatal, dependency }) => !fatal && !dependency);
  if (selection.kind === 'ids') {
    return selection.ids.map((id) => demandModule(modules, id));
  }
  if (selection.kind === 'previously-selected') {
    const previous = previousSelection(world, context, build) ?? new Set<string>();
    return scannable.filter(({ name }) => previous.has(name));
  }
  return scannable;
}

function demandModule(modules: readonly ModuleRecord[], id: string): ModuleRecord {
  const module = modules.find((candidate) => candidate.id === id);
  if (module === undefined) {
    throw new PlatformRefusal(`Could not find the module ${id}.`);
  }
  if (module.fatal) {
    throw new PlatformRefusal(`The module ${id} cannot be scanned: it has fatal errors.`);
  }
  return module;
}
