import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { pairOf, pairsMade, type RotationWorld, shelf, startRotation } from '../../test/rotation-world.js';
import { revokeCredentials } from '../api/rest/credentials.js';
import { createServiceAccountOnce } from './create-service-account-once.js';
import { locateAccount } from './locate-account.js';

const [GENERATE_THEIRS, READ_THEIRS] = ['POST /api/authn/v2/api_credentials/user_id/{user}', 'GET /api/authn/v2/api_credentials/user_id/{user}'];
const READ = 'GET /api/authn/v2/api_credentials';

describe('rotateCredentials for another account', () => {
  const accounts: ScenarioInput['accounts'] = [
    { userName: 'admin', roles: ['adminapi'] },
    { userName: 'ci', email: 'ci@example.com', roles: ['uploadapi'] },
    { userName: 'other' },
  ];

  it('makes the pair of the user and leaves the own one alone', async () => {
    const world = await startRotation('at-once', { accounts, settings: { oldCredentials: 'at-once' } });
    const { guid } = await locateAccount(world.platform.client, 'ci');
    const destination = shelf();
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ oldStillWorks: null, oldApiId: world.platform.emulator.credentials[1]?.apiId });
    expect(world.platform.calls().slice(-3)).toEqual([READ_THEIRS, GENERATE_THEIRS, READ]);
    await expect(world.works(destination.placed)).resolves.toBe(true);
    await expect(world.oldWorks()).resolves.toBe(true);
  });

  it('a lost answer can be made good, for the administrator can ask again', async () => {
    const world = await startRotation('at-once', { accounts, settings: { oldCredentials: 'at-once' } });
    const { guid } = await locateAccount(world.platform.client, 'ci');
    world.platform.emulator.faults.set({ operation: GENERATE_THEIRS, kind: 'reset-after' });
    const destination = shelf();
    const lost = await world.rotate(destination, { userGuid: guid });
    // The pair that signs is the administrator's, and has not changed.
    expect(lost).toMatchObject({ name: 'ServiceError', code: 'secret-lost', message: expect.stringMatching(/^The call that makes the new pair got no answer that can be trusted \(.+\)\. .* in the lost answer\. Nothing was repeated/), advice: expect.stringContaining('same command again') });
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ resumed: false });
    await expect(world.works(destination.placed)).resolves.toBe(true);
  });

  it.each([
    ['made', 'reset-before', 'no-pair-made', 'Give the same command again.'],
    ['seen', 'reset-after', 'secret-lost', 'Give the same command again, soon: it makes another pair and ends the one whose secret is lost.'],
  ])('that has no pair yet knows whether one was %s', async (_name, kind, code, advice) => {
    const world = await startRotation('at-once', { accounts });
    const { account: { guid } } = await createServiceAccountOnce(world.run, { userName: 'ci-new', email: 'ci@example.com', roles: ['uploadapi'], teams: [] });
    world.platform.emulator.faults.set({ operation: GENERATE_THEIRS, kind });
    const destination = shelf();
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ name: 'ServiceError', code, advice });
    expect(world.events).toEqual([{ step: 'generating', endsPair: null }]);
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ resumed: false, oldApiId: code === 'secret-lost' ? expect.any(String) : null });
    await expect(world.works(destination.placed)).resolves.toBe(true);
  });

  it.each([
    ['the refusal of the call', GENERATE_THEIRS, ['prove']],
    ['the refusal to read', READ_THEIRS, []],
  ])('is not let in: %s is told as it is', async (_name, operation, steps) => {
    const world = await startRotation('24h', { accounts });
    const { guid } = await locateAccount(world.platform.client, 'ci');
    world.platform.emulator.faults.set({ operation, kind: 'status:403', count: 'all' });
    const destination = shelf();
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ name: 'AuthorizationError', context: { operation } });
    expect([destination.steps, destination.released, pairsMade(world)]).toEqual([steps, 1, 0]);
  });

  it('is told when the pair could not be written down, and the own one is no comfort', async () => {
    const world = await startRotation('24h', { accounts });
    const { guid } = await locateAccount(world.platform.client, 'ci');
    await expect(world.rotate(shelf('write'), { userGuid: guid })).resolves.toMatchObject({ code: 'pair-not-written', message: expect.stringMatching(/its secret is lost\.$/) });
    expect(world.platform.calls().at(-1)).toBe(GENERATE_THEIRS);
  });

  it('is finished with the pair that an earlier process wrote', async () => {
    const world = await startRotation('24h', { accounts });
    const { guid } = await locateAccount(world.platform.client, 'ci');
    const destination = shelf();
    destination.staged = pairOf(world, 1);
    const { apiId } = destination.staged;
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({ resumed: true, apiId, account: 'ci' });
    expect([destination.steps, destination.placed?.apiId, pairsMade(world)]).toEqual([['commit'], apiId, 0]);
  });

  describe('that makes first pairs only', () => {
    it.each([
      ['nothing stands beside the place', null],
      ['the pair there is refused', 'refused'],
      ['the pair there is not the newest any more', 'superseded'],
    ])('leaves an account with a good pair alone, where %s', async (_name, left) => {
      const world = await startRotation('24h', { accounts });
      const { guid } = await locateAccount(world.platform.client, 'ci');
      const destination = shelf();
      if (left !== null) destination.staged = left === 'refused' ? { apiId: '0'.repeat(32), apiSecret: pairOf(world, 1).apiSecret } : pairOf(world, 1);
      if (left === 'superseded') await world.rotate(shelf(), { userGuid: guid });
      const [made, { staged }] = [pairsMade(world), destination];
      const good = world.platform.emulator.credentialsNow()[1]?.apiId;
      await expect(world.rotate(destination, { userGuid: guid, isFirst: true })).resolves.toMatchObject({
        name: 'ConflictError',
        code: 'pair-exists',
        message: `The account has a good pair already (${good}); it was left as it is.`,
        advice: expect.stringContaining('rotate --user'),
      });
      expect([destination.steps, destination.staged, pairsMade(world)]).toEqual([[], staged, made]);
    });

    it('finishes with the pair that it has made itself', async () => {
      const world = await startRotation('24h', { accounts });
      const { guid } = await locateAccount(world.platform.client, 'ci');
      const destination = shelf();
      destination.staged = pairOf(world, 1);
      await expect(world.rotate(destination, { userGuid: guid, isFirst: true })).resolves.toMatchObject({ resumed: true });
      expect(pairsMade(world)).toBe(0);
    });

    it.each([
      ['has ended', -1],
      ['is revoked', null],
    ])('makes one where the old one %s', async (_name, credentialsExpireInDays) => {
      const world = await startRotation('24h', { accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', ...(credentialsExpireInDays === null ? {} : { credentialsExpireInDays }) }] });
      const { guid } = await locateAccount(world.platform.client, 'ci');
      const apiId = pairOf(world, 1).apiId;
      if (credentialsExpireInDays === null) await revokeCredentials(world.platform.client, { apiId });
      const destination = shelf();
      await expect(world.rotate(destination, { userGuid: guid, isFirst: true })).resolves.toMatchObject({ resumed: false, oldApiId: apiId });
      await expect(world.works(destination.placed)).resolves.toBe(true);
    });
  });

  it.each([
    ['that has a pair', async ({ platform }: RotationWorld) => locateAccount(platform.client, 'ci')],
    ['that has none', async ({ run }: RotationWorld) => (await createServiceAccountOnce(run, { userName: 'ci-new', email: 'ci@example.com', roles: ['uploadapi'], teams: [] })).account],
  ])('%s never gets the pair that an earlier process wrote for a third one', async (_name, found) => {
    const world = await startRotation('24h', { accounts });
    const { guid } = await found(world);
    const destination = shelf();
    const theirs = pairOf(world, 2);
    destination.staged = theirs;
    await expect(world.rotate(destination, { userGuid: guid })).resolves.toMatchObject({
      name: 'ConflictError',
      code: 'pair-of-another-account',
      message: `Beside the shelf stands the pair ${theirs.apiId} of an interrupted rotation, and it is of another account ("other").`,
      advice: expect.stringContaining('Finish that rotation first'),
    });
    // Its secret may be good still.
    expect([destination.steps, destination.staged, pairsMade(world), world.events]).toEqual([[], theirs, 0, []]);
  });
});
