import { buildPhase } from './build-status.js';
import type { ScanContext } from './lookup.js';
import { PlatformRefusal } from './refusal.js';
import type { BuildRecord } from './state.js';
import type { World } from './world.js';

/** Sandbox scans of one application that may run at a time. @throws PlatformRefusal */
export function demandRunningScanLimit(world: World, { application, sandbox }: ScanContext, build: BuildRecord): void {
  if (sandbox === null) {
    return;
  }
  const nowMs = world.clock.emulatedMs();
  const running = application.builds.filter((other) => {
    const phase = buildPhase(other, nowMs);
    const runs = phase === 'prescan-running' || phase === 'scan-running';
    return other !== build && other.sandboxId !== null && other.deleted === null && runs;
  });
  const limit = world.scenario.settings.runningSandboxScanLimit;
  if (running.length >= limit) {
    throw new PlatformRefusal(`At most ${limit} sandbox scans of an application can run at the same time.`);
  }
}
