import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import type { VeracodeError } from '../kernel/errors.js';
import { createServiceAccountOnce } from './create-service-account-once.js';
import { locateAccount, locateTeams } from './locate-account.js';
import { revokeAndProve } from './revoke-credentials.js';
import type { CallingRun } from './run.js';

const LOSSES = ['reset-before', 'reset-after', 'cut-body', 'html-200', 'empty-200', 'bad-json', 'status:503', 'status:429:30', 'status:500'];
const CREATE = 'POST /api/authn/v2/users';
const LIST = 'GET /api/authn/v2/users';
const REVOKE = 'DELETE /api/authn/v2/api_credentials/{api_id}';
const READ = 'GET /api/authn/v2/api_credentials/{api_id}';

function run({ client, clock }: EmulatedPlatform): CallingRun {
  const deadline = createDeadline(clock, 3_600_000);
  return { client, deadline, call: { deadline } };
}

const start = (between?: Parameters<typeof startEmulatedPlatform>[1]): Promise<EmulatedPlatform> =>
  startEmulatedPlatform({ teams: ['Blue', 'Green'], accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci' }] }, between);

describe('createServiceAccountOnce', () => {
  const fields = { userName: 'ci-two', email: 'appsec@example.com', roles: ['uploadapi', 'resultsapi'], teams: [] as string[] };

  it.each([...LOSSES, 'none'])('makes one account, whatever becomes of the answers: %s', async (kind) => {
    const platform = await start();
    if (kind !== 'none') platform.emulator.faults.set({ operation: CREATE, kind, count: 2 });
    const teams = (await locateTeams(platform.client, ['green'])).map(({ guid }) => guid);
    await expect(createServiceAccountOnce(run(platform), { ...fields, teams })).resolves.toMatchObject({
      account: { userName: 'ci-two', isServiceAccount: true, teams: [{ name: 'Green' }] },
      roles: { missing: [], more: [] },
      teams: { missing: [], more: [] },
    });
    expect(platform.emulator.snapshot().state.users).toMatchObject([{ userName: 'ci-two', roles: fields.roles, teams: ['Green'], kind: 'api-service-account' }]);
  });

  it('tells what the platform shows and nobody asked for, and what it does not show', async () => {
    const platform = await start((network) => tampering(network, LIST, (text) => text.replaceAll('uploadapi', 'greenlightapiuser').replaceAll('Green', 'Blue').replaceAll(green, 'other-team')));
    const [team] = await locateTeams(platform.client, ['green']);
    const green = team?.guid ?? '';
    await expect(createServiceAccountOnce(run(platform), { ...fields, teams: [green] })).resolves.toMatchObject({
      roles: { missing: ['uploadapi'], more: ['greenlightapiuser'] },
      teams: { missing: [green], more: ['Blue'] },
    });
  });

  it.each([
    [2, ['ci-two']],
    [3, 'account-not-shown'],
  ] as const)('is looked for three times when %i reads do not show it', async (hiding, expected) => {
    // One read looks whether the account is there already.
    let left = 1 + hiding;
    const hide = (text: string): string => {
      left -= 1;
      return left < 0 ? text : text.replaceAll('ci-two', 'somebody');
    };
    const platform = await start((network) => tampering(network, LIST, hide));
    const end = createServiceAccountOnce(run(platform), fields).then(({ account }) => [account.userName], (error: unknown) => (error as VeracodeError).code);
    expect(await end).toEqual(expected);
    expect(platform.calls()).toEqual([LIST, CREATE, LIST, LIST, LIST]);
  });

  it('leaves an account of that name as it is', async () => {
    const platform = await start();
    const guid = (await locateAccount(platform.client, 'ci')).guid;
    await expect(createServiceAccountOnce(run(platform), { ...fields, userName: 'ci' })).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'account-exists',
      message: `There is an account "ci" already (${guid}); it was left as it is.`,
      advice: expect.stringContaining('--name'),
    });
    expect(platform.calls()).not.toContain(CREATE);
  });

  it("says the platform's reason when it refuses", async () => {
    const platform = await start();
    await expect(createServiceAccountOnce(run(platform), { ...fields, roles: ['king'] })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'refused',
      message: expect.stringContaining('king'),
      platformText: expect.stringContaining('king'),
      context: { operation: CREATE },
      cause: { code: 'bad-request' },
    });
    expect(platform.calls().filter((name) => name === CREATE)).toHaveLength(1);
  });
});

describe('revokeAndProve', () => {
  it.each([...LOSSES, 'none'].flatMap((kind) => [[kind, 'own', 0] as const, [kind, 'other', 1] as const]))('%s: revokes the %s pair', async (kind, _whose, account) => {
    const platform = await start();
    if (kind !== 'none') platform.emulator.faults.set({ operation: REVOKE, kind, count: 2 });
    const pairs = platform.emulator.credentials;
    const [apiId = '', signingApiId = ''] = [pairs[account]?.apiId, pairs[0]?.apiId];
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).resolves.toEqual({ apiId, before: false });
    expect(platform.emulator.snapshot().credentials.map(({ revokedBy }) => revokedBy)).toEqual(account === 0 ? ['admin', null] : [null, 'admin']);
  });

  it('believes no 404 of the call itself: only the pair, read again, proves its end', async () => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REVOKE, kind: 'status:404', count: 'all' });
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({
      name: 'ServiceError',
      code: 'not-revoked',
      outcome: 'unknown',
      message: `The platform accepted no revocation of ${apiId}, and still shows the pair as good.`,
      advice: expect.stringContaining('same command again'),
    });
    expect(platform.calls().filter((name) => name === REVOKE)).toHaveLength(3);
    expect(platform.emulator.snapshot().credentials.map(({ revokedBy }) => revokedBy)).toEqual([null, null]);
  });

  it('believes no 404 of the reading either, where no revocation was accepted', async () => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REVOKE, kind: 'status:404', count: 'all' }, { operation: READ, kind: 'status:404', count: 'all', nth: 2 });
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({
      name: 'ServiceError',
      code: 'not-revoked',
      outcome: 'unknown',
      message: `Whether ${apiId} is revoked is not known: the platform showed the pair, accepted no revocation, and then answered with 404, as a proxy can, too.`,
    });
    expect(platform.emulator.snapshot().credentials.map(({ revokedBy }) => revokedBy)).toEqual([null, null]);
  });

  it('takes a 404 after an accepted revocation for its end: some platforms show no pair that is gone', async () => {
    const platform = await start();
    platform.emulator.faults.set({ operation: READ, kind: 'status:404', count: 'all', nth: 2 });
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).resolves.toEqual({ apiId, before: false });
    expect(platform.emulator.snapshot().credentials.map(({ revokedBy }) => revokedBy)).toEqual([null, 'admin']);
  });

  it('says so where a revocation is accepted and nothing follows from it', async () => {
    const platform = await startEmulatedPlatform({ accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci' }] }, (network) => tampering(network, READ, (text) => text.replace(/"revocation_ts":"[^"]*"/u, '"revocation_ts":null')));
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({ code: 'not-revoked', message: `The platform accepted the revocation of ${apiId}, but still shows the pair as good.` });
  });

  it('is content with a pair that was revoked before', async () => {
    const platform = await start();
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await revokeAndProve(run(platform), { apiId, signingApiId });
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).resolves.toEqual({ apiId, before: true });
    expect(platform.calls().filter((name) => name === REVOKE)).toHaveLength(1);
  });

  it.each(['status:403', 'expired-credentials'])('is told that it may not (%s), which proves nothing about the pair of another account', async (kind) => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REVOKE, kind, count: 'all' });
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({ name: expect.stringMatching(/^Auth(?:orization|entication)Error$/), context: { operation: REVOKE } });
    expect(platform.calls().filter((name) => name === REVOKE)).toHaveLength(1);
  });

  it('knows its own pair by whatever prefix and case it is given in', async () => {
    const platform = await start();
    const signingApiId = platform.emulator.credentials[0]?.apiId ?? '';
    const apiId = `vera01gi-${signingApiId.toUpperCase()}`;
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).resolves.toEqual({ apiId, before: false });
  });

  it.each([
    ['of another account', 1, 502, 'ServiceError'],
    ['that signs', 0, 403, 'AuthorizationError'],
  ])('cannot tell of a pair %s that cannot be read any more', async (_name, account, status, name) => {
    const platform = await start();
    platform.emulator.faults.set({ operation: READ, kind: `status:${status}`, count: 'all', nth: 2 });
    const [apiId = '', signingApiId = ''] = [account, 0].map((index) => platform.emulator.credentials[index]?.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({ name, context: { status } });
  });

  it('takes no page of a gateway for an accepted revocation', async () => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REVOKE, kind: 'html-200', count: 'all' }, { operation: READ, kind: 'status:404', count: 'all', nth: 2 });
    const [signingApiId = '', apiId = ''] = platform.emulator.credentials.map((pair) => pair.apiId);
    await expect(revokeAndProve(run(platform), { apiId, signingApiId })).rejects.toMatchObject({ name: 'ProtocolError', code: 'html-answer', outcome: 'unknown' });
  });

  it('revokes nothing that it cannot find', async () => {
    const platform = await start();
    await expect(revokeAndProve(run(platform), { apiId: 'none', signingApiId: 'x' })).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(platform.calls()).not.toContain(REVOKE);
  });
});
