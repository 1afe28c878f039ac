import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { pairOf, pairsMade, type RotationWorld, shelf, startRotation } from '../../test/rotation-world.js';
import { tampering } from '../../test/tampering-client.js';
import { createVeracodeClient } from '../api/create-client.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { ApiCredentials } from '../auth/credentials.js';
import { CredentialError, isVeracodeError } from '../kernel/errors.js';
import { createUndiciHttpClient } from '../transport/undici-http-client.js';
import type { RotationEvent } from './rotate-credentials.js';

const GENERATE = 'POST /api/authn/v2/api_credentials';
const READ = 'GET /api/authn/v2/api_credentials';
/** Faults after which nobody knows whether the platform has made a pair: it has. */
const LOST = ['reset-after', 'cut-body', 'empty-200', 'bad-json', 'wrong-root'];
/** The same, and it has not. */
const NOT_MADE = ['reset-before', 'html-200', 'status:500', 'status:502', 'status:503'];
/** Told apart by the transport: nothing happened, so the call is sent again. */
const REPEATED = ['status:429:2', 'status:503:2'];
const SETTINGS = ['24h', 'at-once'] as const;

const generatingCalls = ({ platform }: RotationWorld): number => platform.calls().filter((name) => name === GENERATE).length;

describe.each(SETTINGS)('rotateCredentials, the old pair ending %s', (setting) => {
  it('writes the new pair down before anything else, proves it, and only then puts it in place', async () => {
    const world = await startRotation(setting);
    const destination = shelf();
    const [old] = world.platform.emulator.credentials;
    const rotated = await world.rotate(destination);
    const [newest] = world.platform.emulator.credentialsNow();
    expect(rotated).toMatchObject({ apiId: newest?.apiId, oldApiId: old?.apiId, oldStillWorks: setting === '24h', resumed: false, expiresAt: expect.stringMatching(/Z$/) });
    expect(destination.steps).toEqual(['prove', 'write', 'commit']);
    expect(destination.released).toBe(1);
    expect(destination.placed?.apiSecret.reveal()).toBe(newest?.apiKey);
    expect(world.events).toEqual([
      { step: 'generating', endsPair: old?.apiId },
      { step: 'written', apiId: newest?.apiId, place: 'the upper shelf' },
      { step: 'verified', apiId: newest?.apiId },
    ]);
    expect(world.platform.calls()).toEqual([READ, GENERATE, READ, READ]);
  });

  it.each(LOST)('a lost answer (%s) is never followed by a blind repeat, and what can be done is said', async (kind) => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: GENERATE, kind, count: 'all' });
    const destination = shelf();
    const failure = await world.rotate(destination);
    expect({ made: pairsMade(world), calls: generatingCalls(world), steps: destination.steps }).toEqual({ made: 1, calls: 1, steps: ['prove'] });
    const [newest] = world.platform.emulator.credentialsNow();
    if (setting === '24h') {
      const message = `The platform made the pair ${newest?.apiId}, but its secret was in the lost answer. The pair in use still works; by the pages of the vendor for 24 hours at most. Nothing was repeated`;
      expect(failure).toMatchObject({ name: 'ServiceError', code: 'secret-lost', outcome: 'unknown', message: expect.stringContaining(message), advice: expect.stringContaining('same command again') });
      expect(isVeracodeError(failure) && [failure.context.operation, failure.cause]).toEqual([GENERATE, expect.objectContaining({ outcome: 'unknown' })]);
      await expect(world.oldWorks()).resolves.toBe(true);
      world.platform.emulator.faults.clear();
      // The advice holds.
      await expect(world.rotate(destination)).resolves.toMatchObject({ resumed: false });
      await expect(world.works(destination.placed)).resolves.toBe(true);
    } else {
      expect(failure).toMatchObject({
        name: 'AuthenticationError',
        code: 'no-pair-left',
        message: expect.stringContaining('ended the one in use at once; the new secret was in the lost answer: no pair of this account is left.'),
        advice: expect.stringContaining('administrator'),
        context: { operation: GENERATE },
        cause: { outcome: 'unknown' },
      });
      await expect(world.oldWorks()).resolves.toBe(false);
    }
  });

  it.each(NOT_MADE)('a call that did nothing (%s) leaves the old pair, and says so', async (kind) => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: GENERATE, kind, count: 'all' });
    const failure = await world.rotate(shelf());
    expect(failure).toMatchObject({ name: 'ServiceError', code: 'no-pair-made', outcome: 'unknown', message: expect.stringContaining('shows no newer pair'), advice: expect.stringContaining('still works') });
    expect({ made: pairsMade(world), calls: generatingCalls(world) }).toEqual({ made: 0, calls: 1 });
    await expect(world.oldWorks()).resolves.toBe(true);
  });

  it.each(REPEATED)('a refusal that passes (%s) is waited for', async (kind) => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: GENERATE, kind, count: 2 });
    await expect(world.rotate(shelf())).resolves.toMatchObject({ resumed: false });
    expect({ made: pairsMade(world), calls: generatingCalls(world) }).toEqual({ made: 1, calls: 3 });
  });

  it('does not know what a lost answer has done while the platform cannot be read', async () => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: GENERATE, kind: 'reset-after', count: 'all' }, { operation: READ, kind: 'status:502', count: 'all', nth: 2 });
    await expect(world.rotate(shelf())).resolves.toMatchObject({
      name: 'ServiceError',
      code: 'pair-unknown',
      outcome: 'unknown',
      message: expect.stringMatching(/whether a pair was made could not be read either \(.*502.*\)\. Nothing was repeated/),
      advice: expect.stringContaining('credentials status'),
    });
    expect(generatingCalls(world)).toBe(1);
  });

  it('asks for nothing when the destination cannot be written', async () => {
    const world = await startRotation(setting);
    const destination = shelf('prove');
    await expect(world.rotate(destination)).resolves.toMatchObject({ name: 'LocalError', code: 'disk-full' });
    expect(world.platform.calls()).not.toContain(GENERATE);
    expect([world.events, destination.released]).toEqual([[], 1]);
  });

  it('says who is left when the new pair could not be written down', async () => {
    const world = await startRotation(setting);
    const failure = await world.rotate(shelf('write'));
    const made = `The shelf is full. The platform has made the pair ${world.platform.emulator.credentialsNow()[0]?.apiId}, and its secret is lost`;
    const wanted =
      setting === '24h'
        ? { name: 'LocalError', code: 'pair-not-written', message: `${made}. The pair in use still works; by the pages of the vendor for 24 hours at most.`, advice: expect.stringMatching(/^See to the shelf, .*same command again/) }
        : { name: 'AuthenticationError', code: 'no-pair-left', message: `${made}; the pair that was in use has ended: no pair of this account is left.` };
    expect(failure).toMatchObject({ ...wanted, cause: { code: 'disk-full' } });
    expect(world.events.map(({ step }) => step)).toEqual(['generating']);
  });

  it('says so when a destination breaks in a way of its own', async () => {
    const world = await startRotation(setting);
    const failure = await world.rotate({ ...shelf(), write: async () => Promise.reject(new Error('EIO')) });
    expect(failure).toMatchObject({ message: expect.stringMatching(/^Writing failed\. The platform has made the pair/), cause: { message: 'EIO' } });
  });

  it('tells a doubt about the old pair as a doubt', async () => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: READ, kind: 'status:502', count: 'all', nth: 3 });
    const destination = shelf();
    await expect(world.rotate(destination)).resolves.toMatchObject({ oldStillWorks: null });
    expect([destination.steps.at(-1), world.platform.calls().filter((name) => name === READ).length]).toEqual(['commit', 3]);
  });

  it('leaves the written pair where it is when it cannot be proven, and finishes with it the next time', async () => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: READ, kind: 'status:502', count: 'all', nth: 2 });
    const destination = shelf();
    const failure = await world.rotate(destination);
    expect(failure).toMatchObject({
      name: 'ServiceError',
      code: 'new-pair-unverified',
      outcome: 'unknown',
      message: expect.stringMatching(new RegExp(`^The new pair ${destination.staged?.apiId} stands in the upper shelf; it could not be proven: .*502`)),
      advice: expect.stringContaining('credentials status'),
      context: { operation: READ },
      cause: { name: 'ServiceError' },
    });
    expect([destination.placed, destination.released]).toEqual([null, 1]);
    await expect(world.works(destination.staged)).resolves.toBe(false);
    world.platform.emulator.faults.clear();
    world.events.splice(0);
    const apiId = destination.staged?.apiId;
    const userName = world.platform.emulator.credentials[0]?.userName;
    await expect(world.rotate(destination)).resolves.toEqual({ account: userName, apiId, expiresAt: expect.stringMatching(/Z$/), oldApiId: null, oldStillWorks: null, resumed: true });
    expect(world.events).toEqual([{ step: 'verified', apiId }]);
    await expect(world.works(destination.placed)).resolves.toBe(true);
    expect(generatingCalls(world)).toBe(1);
  });

  it('neither places nor throws away what an earlier process left while it cannot be proven', async () => {
    const world = await startRotation(setting);
    const destination = shelf();
    const pair = pairOf(world, 0);
    destination.staged = pair;
    world.platform.emulator.faults.set({ operation: READ, kind: 'status:502', count: 'all' });
    await expect(world.rotate(destination)).resolves.toMatchObject({ name: 'ServiceError', context: { status: 502 } });
    expect([destination.steps, destination.staged, destination.released, generatingCalls(world)]).toEqual([[], pair, 1, 0]);
  });

  it('gives a new pair a moment to be known', async () => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: READ, kind: 'expired-credentials', count: 1, nth: 2 });
    await expect(world.rotate(shelf())).resolves.toMatchObject({ resumed: false });
    expect(world.platform.clock.sleeps).toContain(5000);
  });

  it('does not place a new pair that stays refused', async () => {
    const world = await startRotation(setting);
    world.platform.emulator.faults.set({ operation: READ, kind: 'expired-credentials', count: 2, nth: 2 });
    const destination = shelf();
    const failure = await world.rotate(destination);
    expect(failure).toMatchObject({ name: 'AuthenticationError', code: 'new-pair-refused', message: expect.stringContaining('stands in the upper shelf, but the platform refuses it: ') });
    expect([destination.steps, destination.placed]).toEqual([['prove', 'write'], null]);
  });

  it('that is given up while the new pair is proven says so itself', async () => {
    const world = await startRotation(setting);
    const abort = new AbortController();
    const destination = shelf();
    const onEvent = ({ step }: RotationEvent): void => {
      if (step === 'written') abort.abort(new Error('the job was cancelled'));
    };
    await expect(world.rotate(destination, { onEvent }, abort.signal)).resolves.toMatchObject({ name: 'AbortedError' });
    expect([destination.placed, destination.staged === null]).toEqual([null, false]);
  });

  it('throws away what an earlier process left, when it is good for nothing', async () => {
    const [elsewhere, world] = [await startRotation(setting), await startRotation(setting)];
    const destination = shelf();
    await elsewhere.rotate(destination);
    destination.staged = destination.placed;
    await expect(world.rotate(destination)).resolves.toMatchObject({ resumed: false });
    expect(destination.steps).toEqual(['prove', 'write', 'commit', 'discard', 'prove', 'write', 'commit']);
    await expect(world.works(destination.placed)).resolves.toBe(true);
  });
});

describe('a pair that an earlier process left', () => {
  const accounts: ScenarioInput['accounts'] = [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci' }];

  it('and that is of another account is never put in the place of the own one', async () => {
    const world = await startRotation('24h', { accounts });
    const destination = shelf();
    const theirs = pairOf(world, 1);
    destination.staged = theirs;
    await expect(world.rotate(destination)).resolves.toMatchObject({
      name: 'ConflictError',
      code: 'pair-of-another-account',
      message: `Beside the shelf stands the pair ${theirs.apiId} of an interrupted rotation, and it is of another account ("ci").`,
    });
    expect([destination.steps, destination.staged, pairsMade(world), world.events]).toEqual([[], theirs, 0, []]);
  });

  it('names its account where the pair that signs has ended, and nothing can be compared', async () => {
    const world = await startRotation('at-once', { accounts, settings: { oldCredentials: 'at-once' } });
    const destination = shelf();
    await world.rotate(destination, { onEvent: () => undefined });
    destination.staged = pairOf(world, 1);
    await expect(world.oldWorks()).resolves.toBe(false);
    await expect(world.rotate(destination)).resolves.toMatchObject({ resumed: true, account: 'ci' });
  });

  it('is not put in place while nobody can tell whose it is', async () => {
    const world = await startRotation('24h', { accounts });
    const destination = shelf();
    destination.staged = pairOf(world, 0);
    world.platform.emulator.faults.set({ operation: 'GET /api/authn/v2/users/self', kind: 'status:502', count: 'all', nth: 2 });
    await expect(world.rotate(destination)).resolves.toMatchObject({ name: 'ServiceError', context: { status: 502 } });
    expect([destination.steps, pairsMade(world)]).toEqual([[], 0]);
  });

  it('and that is not the newest any more is thrown away, though it is accepted for a day', async () => {
    const world = await startRotation('24h');
    const destination = shelf();
    const earlier = pairOf(world, 0);
    await world.rotate(shelf());
    destination.staged = earlier;
    await expect(world.rotate(destination)).resolves.toMatchObject({ resumed: false });
    expect(destination.steps).toEqual(['discard', 'prove', 'write', 'commit']);
    expect(destination.placed?.apiId).toBe(world.platform.emulator.credentialsNow()[0]?.apiId);
  });
});

describe('a new pair that is written', () => {
  it.each([
    ['cannot be used for signing', new CredentialError('The key is too short.', { code: 'malformed' }), { name: 'AuthenticationError', code: 'new-pair-refused', message: expect.stringMatching(/refuses it: The key is too short\.$/) }],
    ['meets a mistake of ours', new TypeError('no client'), { name: 'TypeError', message: 'no client' }],
  ])('and %s stays where it is', async (_name, error, wanted) => {
    const world = await startRotation('24h');
    const destination = shelf();
    const connect = (): never => {
      throw error;
    };
    expect(await world.rotate(destination, { connect })).toMatchObject(wanted);
    expect([destination.steps, destination.placed, destination.released]).toEqual([['prove', 'write'], null, 1]);
  });

  it('has the end that was told when it was made, where reading tells none', async () => {
    const world = await startRotation('24h');
    const connect = (credentials: ApiCredentials): VeracodeClient =>
      createVeracodeClient({
        credentials,
        platformUrl: world.platform.emulator.url,
        clock: world.platform.clock,
        httpClient: tampering(createUndiciHttpClient(), READ, (text) => text.replace(/"expiration_ts":"[^"]*"/, '"expiration_ts":null')),
      });
    await expect(world.rotate(shelf(), { connect })).resolves.toMatchObject({ expiresAt: expect.stringMatching(/Z$/) });
  });
});

describe('a pair without prefix', () => {
  it('is written with that of its region, so that it finds the way', async () => {
    const world = await startRotation('24h');
    const destination = shelf();
    await world.rotate(destination, { region: 'european' });
    expect(destination.placed?.apiId).toMatch(/^vera01ei-[0-9a-f]{32}$/);
    expect(destination.placed?.apiSecret.reveal()).toMatch(/^vera01es-[0-9a-f]{128}$/);
    await expect(world.works(destination.placed)).resolves.toBe(true);
  });
});
