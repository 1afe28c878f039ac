import type { PlatformClock } from '../platform-clock.js';
import type { Scenario } from '../scenarios/scenario.js';
import { emptyState, populate } from './initial-state.js';
import { viewOf, type PlatformSnapshot } from './snapshot.js';
import type { PlatformState } from './state.js';
import type { World } from './world.js';

/** The emulated platform: what it knows, apart from how it is asked. @public */
export interface Platform {
  /** For the routes; everybody else reads `snapshot()`. */
  readonly world: World;
  /** The truth at this moment, as plain JSON. */
  snapshot(): PlatformSnapshot;
  /** Goes back to what a snapshot holds. Uploads that were under way are forgotten. */
  restore(snapshot: Pick<PlatformSnapshot, 'state'>): void;
  /** Back to what the scenario says. */
  reset(): void;
}

/** Makes a platform in the state that the scenario describes. @public */
export function createPlatform(options: { readonly clock: PlatformClock; readonly scenario: Scenario }): Platform {
  const world: World = {
    clock: options.clock,
    scenario: options.scenario,
    state: emptyState(),
    openUploads: new Set(),
    pipelineHashes: new Map(),
    namesAreTaken: false,
    staleView: null,
  };
  populate(world);
  return {
    world,
    snapshot: () => viewOf(world),
    restore(snapshot) {
      demandVersion(snapshot.state.version);
      // A state of an earlier version may know fewer kinds of things.
      settle(world, { ...emptyState(), ...structuredClone(snapshot.state) });
    },
    reset() {
      settle(world, emptyState());
      populate(world);
    },
  };
}

/** Replaces the state and forgets what was going on around it. */
function settle(world: World, state: PlatformState): void {
  world.state = state;
  world.staleView = null;
  world.openUploads.clear();
  world.pipelineHashes.clear();
}

function demandVersion(version: unknown): void {
  if (version !== 1) {
    throw new Error(`The saved state has version ${JSON.stringify(version)}, this emulator reads version 1. Start with an empty --state-dir.`);
  }
}
