import type { ScenarioInput } from '@verapipe/emulator';

import { getOwnCredentials } from '../src/api/rest/credentials.js';
import { createVeracodeClient } from '../src/api/create-client.js';
import { type ApiCredentials, parseCredentials } from '../src/auth/credentials.js';
import type { CredentialDestination, WritablePair } from '../src/domain/credential-destination.js';
import { createDeadline } from '../src/kernel/deadline.js';
import { LocalError } from '../src/kernel/errors.js';
import { Secret } from '../src/kernel/redact.js';
import { createUndiciHttpClient } from '../src/transport/undici-http-client.js';
import { rotateCredentials, type RotationEvent, type RotationRequest } from '../src/workflows/rotate-credentials.js';
import type { CallingRun } from '../src/workflows/run.js';
import { type EmulatedPlatform, startEmulatedPlatform } from './emulated-platform.js';

/** A destination that remembers. */
export interface Shelf extends CredentialDestination {
  readonly steps: string[];
  staged: WritablePair | null;
  placed: WritablePair | null;
  released: number;
}

/** A destination that remembers; `failing` names the step that it cannot do. */
export function shelf(failing: 'prove' | 'write' | 'commit' | null = null): Shelf {
  const step = (name: string): void => {
    made.steps.push(name);
    if (name === failing) throw new LocalError('The shelf is full.', { code: 'disk-full' });
  };
  const made: Shelf = {
    describe: 'the shelf',
    safeOnce: 'the shelf has it',
    steps: [],
    staged: null,
    placed: null,
    released: 0,
    findUnfinished: async () => made.staged,
    prove: async () => step('prove'),
    write: async (pair) => {
      step('write');
      made.staged = pair;
      return 'the upper shelf';
    },
    commit: async (pair) => {
      step('commit');
      made.placed = pair;
      made.staged = null;
    },
    release: async () => {
      made.released += 1;
    },
    discardUnfinished: async () => {
      step('discard');
      made.staged = null;
    },
  };
  return made;
}

/** A platform whose accounts get new pairs. */
export interface RotationWorld {
  readonly platform: EmulatedPlatform;
  readonly events: RotationEvent[];
  readonly run: CallingRun;
  rotate(destination: CredentialDestination, more?: Partial<RotationRequest>, signal?: AbortSignal): Promise<unknown>;
  /** Whether the pair of the start is still accepted. */
  oldWorks(): Promise<boolean>;
  works(pair: WritablePair | null): Promise<boolean>;
}

/** @param oldCredentials - when a new pair ends the old one */
export async function startRotation(oldCredentials: '24h' | 'at-once', more: ScenarioInput = {}): Promise<RotationWorld> {
  const platform = await startEmulatedPlatform({ settings: { oldCredentials }, ...more });
  const events: RotationEvent[] = [];
  const deadline = createDeadline(platform.clock, 3_600_000);
  const run: CallingRun = { client: platform.client, deadline, call: { deadline } };
  const network = createUndiciHttpClient();
  const connect = (credentials: ApiCredentials): ReturnType<typeof createVeracodeClient> =>
    createVeracodeClient({ credentials, platformUrl: platform.emulator.url, clock: platform.clock, httpClient: { send: (request, signal) => network.send(request, signal), close: async () => undefined } });
  const accepted = (client: ReturnType<typeof connect>): Promise<boolean> => getOwnCredentials(client).then(() => true, () => false);
  return {
    platform,
    events,
    run,
    rotate: (destination, changes = {}, signal) =>
      rotateCredentials(signal === undefined ? run : { ...run, call: { deadline, signal } }, { userGuid: null, region: 'global', destination, connect, onEvent: (event) => events.push(event), ...changes }).catch((error: unknown) => error),
    oldWorks: () => accepted(platform.client),
    works: async (pair) => pair !== null && accepted(connect(parseCredentials({ apiId: pair.apiId, apiKey: pair.apiSecret.reveal() }))),
  };
}

/** The pair that an account of the start has, as an earlier process would have written it. */
export function pairOf({ platform }: RotationWorld, account: number): WritablePair {
  const pair = platform.emulator.credentials[account];
  return { apiId: pair?.apiId ?? '', apiSecret: new Secret(pair?.apiKey ?? '') };
}

/** Pairs that the platform has made since the start. */
export const pairsMade = ({ platform }: RotationWorld): number => platform.emulator.snapshot().credentials.length - platform.emulator.credentials.length;
