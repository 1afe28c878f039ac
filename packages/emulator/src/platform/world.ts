import { createHash, type Hash } from 'node:crypto';
import type { PlatformClock } from '../platform-clock.js';
import { builtInPolicies, type PolicySpec } from '../scenarios/policy-schema.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { IdKind, PlatformState } from './state.js';

/** What every operation of the platform works on. */
export interface World {
  readonly clock: PlatformClock;
  readonly scenario: Scenario;
  state: PlatformState;
  /** Contexts into which a file is being uploaded at this moment. */
  readonly openUploads: Set<string>;
  /** By scan id: what the segments of a pipeline scan that have arrived hash to. */
  readonly pipelineHashes: Map<string, Hash>;
  /** While true every new name is refused as taken. */
  namesAreTaken: boolean;
  /** A past state that the next reads are shown. */
  staleView: { readonly state: PlatformState; readsLeft: number } | null;
}

/** The next id of a kind: increasing, never used twice. */
export function takeId(world: World, kind: IdKind): number {
  const id = world.state.ids[kind];
  world.state.ids[kind] = id + 1;
  return id;
}

const smallestInt64 = -(2n ** 63n);
const beyondDoubles = 2n ** 53n + 1n;

/** A `file_id`, of the size that the scenario asks for. */
export function takeFileId(world: World): string {
  const id = BigInt(takeId(world, 'file'));
  switch (world.scenario.settings.fileIds) {
    case 'small':
      return String(id);
    case '64-bit':
      return String(beyondDoubles + id * 2n);
    case 'negative':
      return String(smallestInt64 + id);
  }
}

/** A GUID that is always the same for the same thing, so that runs can be repeated exactly. */
export function guidOf(kind: string, id: string): string {
  const hex = createHash('sha256').update(`${kind}/${id}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Every policy of the account, the scenario's first. */
export function allPolicies(scenario: Scenario): readonly PolicySpec[] {
  const own = new Set(scenario.policies.map(({ name }) => name));
  return [...scenario.policies, ...builtInPolicies.filter(({ name }) => !own.has(name))];
}

/** The number under which older APIs know a policy. */
export function legacyPolicyId(scenario: Scenario, name: string): number {
  return 5001 + allPolicies(scenario).findIndex((policy) => policy.name === name);
}

/** A policy by name; profiles only ever carry names that exist. */
export function policyNamed(scenario: Scenario, name: string): PolicySpec {
  const policy = allPolicies(scenario).find((candidate) => candidate.name === name);
  if (policy === undefined) {
    throw new Error(`No policy is called ${JSON.stringify(name)}: the scenario was changed under a saved state. Reset the emulator.`);
  }
  return policy;
}
