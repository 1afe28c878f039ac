import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { ScenarioInput } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { credentialTasks, READ, DONE, FROM_FILE } from '../../test/credential-tasks.js';
import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { runFindings } from './findings.js';

let world: EmulatedRun;
afterEach(() => world.close());

const { run, file, generated, newest, writeProfiles } = credentialTasks(() => world);

describe('credentials of other accounts', () => {
  const accounts = [
    { userName: 'admin', roles: ['adminapi' as const] },
    { userName: 'ci', roles: ['uploadapi' as const], email: 'ann.lee@example.com' },
  ];

  it('are made, looked at, rotated and revoked by an administrator, from the account on', async () => {
    world = await startEmulatedRun({ accounts, teams: ['Blue'] });
    expect(await run('create', { name: 'ci-two', email: 'appsec-team@example.com', for: 'scan', teams: 'blue' })).toEqual(DONE);
    expect(world.emulator.snapshot().state.users).toMatchObject([{ userName: 'ci-two', roles: ['uploadapi', 'resultsapi', 'apisubmitstaticscan'], teams: ['Blue'] }]);
    expect(world.printed()).toContain('credentials generate --user ci-two');
    expect(await run('status', { user: 'ci-two', 'fail-below': '1' })).toEqual({ kind: 'done', exitCode: 1 });
    expect(await run('generate', { user: 'ci-two', 'to-profile': 'ci-two' })).toEqual(DONE);
    const { apiId } = newest(2);
    expect(await readFile(file(), 'utf8')).toContain(apiId);
    expect(await run('generate', { user: 'ci-two', 'to-profile': 'ci-two' })).toMatchObject({ exitCode: 4, failure: { code: 'pair-exists' } });
    expect(await run('rotate', { user: 'ci-two', 'to-profile': 'ci-two' })).toEqual(DONE);
    expect(newest(2).apiId).not.toBe(apiId);
    expect(await run('revoke', { 'api-id': newest(2).apiId, yes: true })).toEqual(DONE);
    expect(world.emulator.snapshot().credentials.at(-1)).toMatchObject({ userName: 'ci-two', revokedBy: 'admin' });
    expect(await run('status', { user: 'ci-two' })).toEqual({ kind: 'done', exitCode: 1 });
  });

  it.each(['refused', 'superseded'])('one with a good pair gets no first one beside a pair that is %s', async (left) => {
    world = await startEmulatedRun({ accounts });
    const [, { apiId, apiKey } = { apiId: '', apiKey: '' }] = world.emulator.credentials;
    if (left === 'superseded') expect(await run('rotate', { user: 'ci', 'to-profile': 'ci' })).toEqual(DONE);
    const good = newest(1).apiId;
    const before = await writeProfiles(`[ci]\nveracode_api_key_id = ${good}\nveracode_api_key_secret = ${newest(1).apiKey}\n`);
    const unfinished = `[ci]\nveracode_api_key_id = ${left === 'superseded' ? apiId : '0'.repeat(32)}\nveracode_api_key_secret = ${apiKey}\n`;
    await writeFile(`${file()}.unfinished-ci`, unfinished);
    for (const plan of [{ plan: true as const }, {}]) {
      expect(await run('generate', { user: 'ci', 'to-profile': 'ci', ...plan })).toMatchObject({ exitCode: 4, failure: { code: 'pair-exists' } });
    }
    expect([newest(1).apiId, await readFile(file(), 'utf8'), await readFile(`${file()}.unfinished-ci`, 'utf8')]).toEqual([good, before, unfinished]);
  });

  it('are not mistaken for the own one: their unfinished pair stays where it is', async () => {
    world = await startEmulatedRun({ accounts });
    const before = await writeProfiles();
    const [, { apiId, apiKey } = { apiId: '', apiKey: '' }] = world.emulator.credentials;
    await writeFile(`${file()}.unfinished-mine`, `[mine]\nveracode_api_key_id = ${apiId}\nveracode_api_key_secret = ${apiKey}\n`);
    expect(await run('rotate', { 'to-profile': 'mine', yes: true })).toMatchObject({
      exitCode: 4,
      failure: { code: 'pair-of-another-account', message: expect.stringContaining('it is of another account ("ci")') },
    });
    expect([generated(), await readFile(file(), 'utf8'), await readdir(dirname(file()))]).toEqual([0, before, ['credentials', 'credentials.unfinished-mine']]);
  });

  it('the own one, named as another, has a pair, says generate', async () => {
    world = await startEmulatedRun({ accounts });
    expect(await run('generate', { user: 'admin', show: true })).toMatchObject({ exitCode: 4, failure: { code: 'pair-exists' } });
  });

  it('the own one, named as another, wants --yes all the same', async () => {
    world = await startEmulatedRun({ accounts });
    expect(await run('rotate', { user: 'admin', show: true })).toMatchObject({ exitCode: 2 });
    expect(await run('rotate', { user: 'admin', show: true, yes: true })).toEqual(DONE);
  });

  it('hints at a mailbox of one person', async () => {
    world = await startEmulatedRun({ accounts });
    await run('status', { user: 'ci' });
    expect(JSON.stringify(world.events)).toContain('looks like one person');
  });

  it('are nothing to an account that is no administrator', async () => {
    world = await startEmulatedRun({ accounts: [{ userName: 'ci', roles: ['uploadapi'] }, { userName: 'other' }] });
    expect(await run('rotate', { user: 'other', show: true })).toMatchObject({ exitCode: 3 });
    expect(await run('create', { name: 'x', email: 'team@example.com', for: 'findings' })).toMatchObject({ exitCode: 3 });
  });

  it.each<[string, GivenOptions]>([
    ['no name', { email: 'team@example.com', for: 'scan' }],
    ['no mailbox', { name: 'x', for: 'scan' }],
    ['a mailbox that is none', { name: 'x', email: 'team', for: 'scan' }],
    ['neither roles nor a purpose', { name: 'x', email: 'team@example.com' }],
    ['both', { name: 'x', email: 'team@example.com', for: 'scan', roles: 'uploadapi' }],
    ['another purpose', { name: 'x', email: 'team@example.com', for: 'everything' }],
  ])('no account is made with %s', async (_name, options) => {
    world = await startEmulatedRun({ accounts });
    expect(await run('create', options)).toMatchObject({ exitCode: 2 });
    expect(world.emulator.journal()).toEqual([]);
  });
});

describe('credentials status', () => {
  it.each<[days: number, options: GivenOptions, exitCode: number, warned: boolean]>([
    [100, {}, 0, false],
    [29, {}, 0, true],
    [29, { 'fail-below': '29' }, 1, true],
    [29.5, { 'fail-below': '29' }, 0, true],
    [100, { 'fail-below': '101' }, 1, false],
  ])('%p days before the end, with %p', async (credentialsExpireInDays, options, exitCode, warned) => {
    world = await startEmulatedRun({ accounts: [{ credentialsExpireInDays }] });
    expect(await run('status', options)).toEqual({ kind: 'done', exitCode });
    expect(/credentials end in/u.test(JSON.stringify(world.events))).toBe(warned);
  });

  it('tells a refused pair by its exit code', async () => {
    world = await startEmulatedRun({ accounts: [{ credentialsExpireInDays: -1 }] });
    expect(await run('status')).toMatchObject({ exitCode: 3 });
  });

  it('warns of a person’s account', async () => {
    world = await startEmulatedRun({ accounts: [{ userName: 'ann', kind: 'person', roles: ['extseclead'] }] });
    await run('status', { json: true });
    expect(JSON.parse(world.printed())).toMatchObject({ account: { kind: 'person' }, source: expect.stringContaining('environment'), warnings: [expect.stringContaining('"ann" is a person')] });
  });
});

describe('credentials whoami', () => {
  it('tells who signs, for people and programs', async () => {
    world = await startEmulatedRun({ accounts: [{ userName: 'ci', roles: ['uploadapi'], teams: ['Default Team'] }] });
    expect(await run('whoami')).toEqual(DONE);
    expect(world.emulator.journal().filter(({ operation }) => operation === READ)).toHaveLength(1);
    expect(world.printed()).toMatch(/Account +ci\nKind +API service account\n.*\n.*\nRoles +Upload and Scan API \(uploadapi\)\nTeams +Default Team\n/u);
    await run('whoami', { json: true });
    expect(JSON.parse(world.printed().slice(world.printed().indexOf('{')))).toMatchObject({ kind: 'service-account', credentials: { apiId: world.emulator.apiId } });
  });
});

describe('a pair that a newer one has superseded', () => {
  const SUPERSEDED = /superseded by a newer pair of the account \(([0-9a-f]{32})\): they end within 24 hours of its making/u;

  async function supersede(more: ScenarioInput = {}): Promise<string> {
    world = await startEmulatedRun({ settings: { oldCredentials: '24h' }, ...more });
    expect(await run('rotate', { 'to-profile': 'default', yes: true })).toEqual(DONE);
    return newest().apiId;
  }

  it('is told so by status, with no end that is not its own', async () => {
    const newer = await supersede();
    expect(await run('status')).toEqual(DONE);
    expect(world.printed()).toContain(`Pair ${world.emulator.apiId}, from the environment`);
    expect(world.printed()).toMatch(new RegExp(`: superseded by ${newer}, ends within 24 hours of its making\\.\n$`, 'u'));
    expect(JSON.stringify(world.events)).toMatch(SUPERSEDED);
    await run('status', { json: true });
    expect(JSON.parse(world.printed().slice(world.printed().indexOf('{')))).toMatchObject({ apiId: world.emulator.apiId, expiresAt: null, daysLeft: 0, revoked: false, newerApiId: newer });
  });

  it('is worth nothing beside its profile, says status', async () => {
    await supersede();
    const { apiId, apiKey } = world.emulator;
    await writeFile(`${file()}.unfinished-default`, `[default]\nveracode_api_key_id = ${apiId}\nveracode_api_key_secret = ${apiKey}\n`);
    expect(await run('status', {}, FROM_FILE)).toEqual(DONE);
    expect(JSON.stringify(world.events)).toMatch(/left the pair \w+ in \S+, which a newer pair of its account has superseded: the file may be deleted/u);
  });

  it('is the pair that whoami names', async () => {
    const newer = await supersede();
    expect(await run('whoami')).toEqual(DONE);
    expect(world.printed()).toMatch(new RegExp(`Pair +${world.emulator.apiId}\nEnds +within 24 hours of the making of the newer pair ${newer}\n$`, 'u'));
    expect(world.events).toContainEqual({ type: 'expiry', loud: true, message: expect.stringMatching(SUPERSEDED) });
    await run('whoami', { json: true });
    expect(JSON.parse(world.printed().slice(world.printed().indexOf('{')))).toMatchObject({ credentials: { apiId: world.emulator.apiId, expiresAt: null, revoked: false, newerApiId: newer } });
  });

  it('is warned of once by every other command', async () => {
    await supersede({ applications: [{ name: 'Shop', builds: [{ name: 'one' }] }] });
    expect(await runFindings(world.taskInput('findings', { app: 'Shop' }))).toEqual(DONE);
    expect(world.events.filter(({ type }) => type === 'expiry')).toEqual([{ type: 'expiry', loud: true, message: expect.stringMatching(SUPERSEDED) }]);
  });

  it('is told with what helps, where the newer one is good for nothing', async () => {
    const newer = await supersede();
    await revokeNewest();
    expect(await run('status')).toEqual(DONE);
    expect(JSON.stringify(world.events)).toContain(`a newer pair of the account (${newer}), which is revoked: they end within 24 hours of its making. Make another one (verapipe credentials rotate)`);
  });

  async function revokeNewest(): Promise<void> {
    expect(await run('revoke', { 'api-id': newest().apiId, yes: true })).toEqual(DONE);
  }
});

describe('credentials revoke', () => {
  it('ends the own pair, once it is meant', async () => {
    world = await startEmulatedRun();
    const { apiId } = world.emulator;
    expect(JSON.stringify(await run('revoke', { 'api-id': apiId }))).toContain('the pair that this command signs with');
    expect(world.emulator.journal()).toEqual([]);
    expect(await run('revoke', { 'api-id': apiId, yes: true, json: true })).toEqual(DONE);
    expect(JSON.parse(world.printed())).toEqual({ schemaVersion: 1, apiId, before: false });
    expect(await run('status')).toMatchObject({ exitCode: 3 });
  });

  it.each<GivenOptions>([{ yes: true }, { yes: true, 'api-id': 'a/b' }])('refuses %p', async (options) => {
    world = await startEmulatedRun();
    expect(await run('revoke', options)).toMatchObject({ exitCode: 2 });
  });
});
