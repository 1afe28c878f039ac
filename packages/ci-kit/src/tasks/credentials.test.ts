import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import type { ScenarioInput } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import type { CommandName } from '../options/option.js';
import type { RunEvent } from '../run/run-events.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { runCreateServiceAccount } from './create-service-account.js';
import { runCredentialsStatus } from './credentials-status.js';
import { runCredentialsWhoami } from './credentials-whoami.js';
import { runFindings } from './findings.js';
import { runCredentialsRevoke } from './revoke-credentials.js';
import { runCredentialsGenerate, runCredentialsRotate } from './rotate-credentials.js';

const GENERATE = 'POST /api/authn/v2/api_credentials';
const READ = 'GET /api/authn/v2/api_credentials';
const TASKS: Readonly<Record<string, readonly [CommandName, (input: TaskInput) => Promise<TaskResult>]>> = {
  status: ['credentials status', runCredentialsStatus],
  whoami: ['credentials whoami', runCredentialsWhoami],
  rotate: ['credentials rotate', runCredentialsRotate],
  generate: ['credentials generate', runCredentialsGenerate],
  revoke: ['credentials revoke', runCredentialsRevoke],
  create: ['credentials create-service-account', runCreateServiceAccount],
};

let world: EmulatedRun;
afterEach(() => world.close());

function run(name: string, options: GivenOptions = {}, more: Partial<TaskInput> = {}): Promise<TaskResult> {
  const [command, task] = TASKS[name] ?? [];
  if (command === undefined || task === undefined) throw new Error(`${name} is no task`);
  return task(world.taskInput(command, options, { isTerminal: () => false, ...more }));
}

const DONE = { kind: 'done', exitCode: 0 };
const file = (): string => join(dirname(world.cwd), '.veracode', 'credentials');
const generated = (): number => world.emulator.journal().filter(({ operation }) => operation === GENERATE).length;
const newest = (account = 0): { readonly apiId: string; readonly apiKey: string } => world.emulator.credentialsNow()[account] ?? { apiId: '', apiKey: '' };
/** Everything that was said and printed. */
const seen = (): string => `${JSON.stringify(world.events)}${world.printed()}`;
/** From here on the pair comes from the file. */
const FROM_FILE = { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } };

async function writeProfiles(text?: string): Promise<string> {
  const { apiId, apiKey } = world.emulator;
  const before = text ?? `# ours\n[other]\nveracode_api_key_id = 1\n\n[default]\n# pipeline\nveracode_api_key_id = ${apiId}\nveracode_api_key_secret = ${apiKey}\n`;
  await mkdir(dirname(file()), { recursive: true });
  await writeFile(file(), before);
  await chmod(file(), 0o644);
  return before;
}

describe('credentials rotate', () => {
  it.each(['24h', 'at-once'] as const)('to a profile: proven before it replaces the old pair; %s', async (oldCredentials) => {
    world = await startEmulatedRun({ settings: { oldCredentials } });
    const before = await writeProfiles();
    expect(await run('rotate', { 'to-profile': 'default', yes: true, json: true }, FROM_FILE)).toEqual(DONE);
    const { apiId, apiKey } = newest();
    expect(await readFile(file(), 'utf8')).toBe(before.replace(world.emulator.apiId, apiId).replace(world.emulator.apiKey, apiKey));
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(dirname(file()))).toEqual(['credentials']);
    expect(JSON.parse(world.printed())).toMatchObject({ schemaVersion: 1, apiId, oldApiId: world.emulator.apiId, oldStillWorks: oldCredentials === '24h', resumed: false });
    // Announced before the call, with what to do.
    const warning = world.events.find((event) => event.type === 'warning' && event.message.includes('is made now'));
    expect(JSON.stringify(warning)).toMatch(/at once by one page of the vendor, after 24 hours by another.+credentials status/u);
    expect(seen()).not.toContain(apiKey);
    expect(await run('status', {}, FROM_FILE)).toEqual(DONE);
  });

  it('makes the file and its folder where there are none', async () => {
    world = await startEmulatedRun();
    expect(await run('rotate', { 'to-profile': 'team b', yes: true })).toEqual(DONE);
    expect(await readFile(file(), 'utf8')).toBe(`[team b]\nveracode_api_key_id = ${newest().apiId}\nveracode_api_key_secret = ${newest().apiKey}\n`);
    expect([(await stat(file())).mode & 0o777, (await stat(dirname(file()))).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it.each(['24h', 'at-once'] as const)('finishes what an earlier one left, makes no other pair, and status tells of it; %s', async (oldCredentials) => {
    world = await startEmulatedRun({ settings: { oldCredentials } });
    const before = await writeProfiles();
    world.emulator.faults.set({ operation: READ, kind: 'status:502', count: 'all', nth: 2 });
    expect(await run('rotate', { 'to-profile': 'default', yes: true }, FROM_FILE)).toMatchObject({ exitCode: 5, failure: { code: 'new-pair-unverified' } });
    world.emulator.faults.clear();
    // The old pair is in its place, the new one beside it.
    expect(await readFile(file(), 'utf8')).toBe(before);
    const status = await run('status', {}, FROM_FILE);
    expect(status).toMatchObject(oldCredentials === '24h' ? DONE : { exitCode: 3 });
    expect(`${JSON.stringify(status)}${seen()}`).toMatch(/interrupted rotation left the pair .+ in .+credentials\.unfinished-default, and the platform accepts it/u);
    expect(await run('rotate', { 'to-profile': 'default', yes: true }, FROM_FILE)).toEqual(DONE);
    expect(world.printed()).toContain(`The pair ${newest().apiId} of "${world.emulator.credentials[0]?.userName ?? ''}" is in the profile "default"`);
    expect(generated()).toBe(1);
    expect(await readFile(file(), 'utf8')).toContain(newest().apiKey);
    expect(await readdir(dirname(file()))).toEqual(['credentials']);
  });

  it('hands the pair to a command: on its stdin, never in its environment, and never in what is said of it', async () => {
    world = await startEmulatedRun();
    const script = join(world.cwd, 'store.mjs');
    await writeFile(script, `let s='';for await (const c of process.stdin)s+=c;const fs=await import('node:fs');fs.writeFileSync(process.argv[2],s);fs.writeFileSync('env.json',JSON.stringify([process.env,process.argv]));`);
    const words = JSON.stringify([process.execPath, script, 'stored file.env']);
    expect(await run('rotate', { 'to-command': words, yes: true }, { env: { PATH: process.env['PATH'], VERACODE_API_KEY_ID: world.emulator.apiId, VERACODE_API_KEY_SECRET: world.emulator.apiKey } })).toEqual(DONE);
    expect(await readFile(join(world.cwd, 'stored file.env'), 'utf8')).toBe(`VERACODE_API_KEY_ID=${newest().apiId}\nVERACODE_API_KEY_SECRET=${newest().apiKey}\n`);
    const told = await readFile(join(world.cwd, 'env.json'), 'utf8');
    for (const key of [world.emulator.apiKey, newest().apiKey]) expect(`${told}${seen()}`).not.toContain(key);
    expect(told).toContain('PATH');
  });

  it.each([
    ['24h', 9],
    ['at-once', 3],
  ] as const)('a command that fails: what is left is said, not the pair; %s', async (oldCredentials, exitCode) => {
    world = await startEmulatedRun({ settings: { oldCredentials } });
    await writeFile(join(world.cwd, 'bad.mjs'), `let s='';for await (const c of process.stdin)s+=c;console.error('no: '+s);process.exit(3)`);
    const result = await run('rotate', { 'to-command': JSON.stringify([process.execPath, 'bad.mjs']), payload: 'key', yes: true });
    expect(result).toMatchObject({ exitCode, failure: { message: expect.stringMatching(/ended with 3\. It said: no: \[redacted\]/u) } });
    expect(`${JSON.stringify(result)}${seen()}`).not.toContain(newest().apiKey);
  });

  it('to a descriptor, which is closed behind it', async () => {
    world = await startEmulatedRun();
    const path = join(world.cwd, 'pair.json');
    const handle = await open(path, 'w');
    try {
      expect(await run('rotate', { 'to-fd': String(handle.fd), payload: 'json', yes: true })).toEqual(DONE);
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ VERACODE_API_KEY_ID: newest().apiId, VERACODE_API_KEY_SECRET: newest().apiKey });
    } finally {
      await handle.close().catch(() => undefined);
    }
  });

  it('prints the pair with --show, and its report elsewhere', async () => {
    world = await startEmulatedRun();
    expect(await run('rotate', { show: true, yes: true }, { isTerminal: () => true })).toEqual(DONE);
    expect(world.printed()).toBe(`VERACODE_API_KEY_ID=${newest().apiId}\nVERACODE_API_KEY_SECRET=${newest().apiKey}\n`);
    expect(JSON.stringify(world.events)).toContain('still works');
    expect(JSON.stringify(world.events)).not.toContain(newest().apiKey);
  });

  it.each<[name: string, path: string, flags: string]>([
    ['that is open for reading only', 'kept.env', 'r'],
    ['that leads to nobody', devNull, 'w'],
  ])('makes nothing for a stdout %s', async (_name, path, flags) => {
    world = await startEmulatedRun();
    await writeFile(join(world.cwd, 'kept.env'), '');
    const handle = await open(resolve(world.cwd, path), flags);
    const results = [await run('rotate', { show: true, yes: true }, { printFd: handle.fd }), await run('rotate', { 'to-fd': String(handle.fd), yes: true })];
    await handle.close();
    for (const result of results) expect(result).toMatchObject({ exitCode: 9, failure: { code: 'not-writable' } });
    expect(generated()).toBe(0);
  });

  it('prints to a file that can be written, and proves the pair', async () => {
    world = await startEmulatedRun();
    const handle = await open(join(world.cwd, 'stdout.env'), 'w');
    const result = await run('rotate', { show: true, yes: true }, { printFd: handle.fd, print: (text) => handle.writeFile(text) });
    await handle.close();
    expect(result).toEqual(DONE);
    expect(await readFile(join(world.cwd, 'stdout.env'), 'utf8')).toContain(newest().apiKey);
  });

  it.each<[place: string, options: GivenOptions, wanted: RegExp]>([
    ['a profile', { 'to-profile': 'default' }, /until it is written beside the file, in .+credentials\.unfinished-default\. Should the process end before: run verapipe credentials status/u],
    ['a command', { 'to-command': JSON.stringify([process.execPath, '-e', 'process.stdin.resume()']) }, /until the command .+ has read it and ended well \(look into the store first.+\)\. Should the process end before: run verapipe credentials status/u],
    ['stdout', { show: true }, /until stdout has taken it\. Should the process end before/u],
  ])('announces the window before the call, and what to do if it is hit: %s', async (_place, options, wanted) => {
    world = await startEmulatedRun();
    const announced: number[] = [];
    const onEvent = (event: RunEvent): void => {
      if ('message' in event && wanted.test(event.message)) announced.push(generated());
    };
    expect(await run('rotate', { ...options, yes: true }, { onEvent })).toEqual(DONE);
    expect(announced).toEqual([0]);
  });

  it('does not tell a pair of which nobody knows whether it works as one that has ended', async () => {
    world = await startEmulatedRun();
    // The own pair, the new one, and the own one again.
    world.emulator.faults.set({ operation: READ, kind: 'status:502', count: 'all', nth: 3 });
    expect(await run('rotate', { 'to-profile': 'default', yes: true, json: true })).toEqual(DONE);
    expect(JSON.parse(world.printed())).toMatchObject({ oldStillWorks: null });
  });

  it.each<[string, GivenOptions, RegExp, Partial<TaskInput>?]>([
    ['no place', { yes: true }, /no place for the new pair/u],
    ['two places', { yes: true, show: true, 'to-profile': 'a' }, /several places/u],
    ['no --yes', { show: true }, /--yes, because a new pair ends the one in use \([0-9a-f]{32}\)/u],
    ['a terminal', { yes: true, 'to-fd': '1' }, /which is a terminal/u, { isTerminal: (fd) => fd === 1 }],
    ['a report beside the pair', { yes: true, show: true, json: true }, /the report on stdout as well/u],
    ['a report beside the pair in a file', { yes: true, 'to-fd': '1', json: true }, /the report on stdout as well/u],
    ['a pair among the progress', { yes: true, 'to-fd': '2' }, /descriptor 2, which takes the progress/u],
    ['a pair among the progress, shown or not', { yes: true, 'to-fd': '2', show: true }, /descriptor 2, which takes the progress/u, { isTerminal: () => true }],
    ['a command for a shell', { yes: true, 'to-command': 'cat > "$FILE"' }, /JSON array/u],
    ['a command that is no list of texts', { yes: true, 'to-command': '[1]' }, /JSON array/u],
    ['an empty command', { yes: true, 'to-command': '[]' }, /JSON array/u],
    ['a section that cannot be one', { yes: true, 'to-profile': 'a]b' }, /name of a section/u],
  ])('refuses %s, and sends nothing', async (_name, options, wanted, more = {}) => {
    world = await startEmulatedRun();
    const result = await run('rotate', options, more);
    expect(result).toMatchObject({ exitCode: 2 });
    expect(JSON.stringify(result)).toMatch(wanted);
    expect(world.emulator.journal()).toEqual([]);
  });

  it.each<[string, GivenOptions, string]>([
    ['a command that is not there', { 'to-command': 'no-such-command-anywhere' }, 'command-not-found'],
    ['a descriptor that is not open', { 'to-fd': '999' }, 'not-writable'],
  ])('makes nothing for %s', async (_name, options, code) => {
    world = await startEmulatedRun();
    expect(await run('rotate', { ...options, yes: true })).toMatchObject({ exitCode: 9, failure: { code } });
    expect(generated()).toBe(0);
  });

  it.each<[name: string, make: (path: string) => Promise<unknown>, why: RegExp]>([
    ['a folder', (path) => mkdir(path), /is no file\.$/u],
    ['a script whose interpreter is not there', (path) => writeFile(path, '#!/opt/none/sh\ncat > kept.env\n', { mode: 0o755 }), /wants "\/opt\/none\/sh" in its first line, which is not there\.$/u],
    ['a script for a program that is not in the search path', (path) => writeFile(path, '#!/usr/bin/env no-such-program\n', { mode: 0o755 }), /wants "no-such-program" in its first line, which is not in the search path\.$/u],
  ])('makes nothing for a command that cannot be started: %s', async (_name, make, why) => {
    world = await startEmulatedRun();
    await make(join(world.cwd, 'store'));
    const command = process.platform === 'win32' ? './store.cmd' : './store';
    if (command !== './store') await writeFile(join(world.cwd, 'store.cmd'), 'more > kept.env');
    const wanted = command === './store' ? why : /is a script, which Windows starts by its shell only\.$/u;
    expect(await run('rotate', { 'to-command': command, yes: true })).toMatchObject({ exitCode: 9, failure: { code: 'command-not-startable', message: expect.stringMatching(wanted) } });
    expect(generated()).toBe(0);
  });

  it('makes nothing when the file cannot be replaced', async () => {
    world = await startEmulatedRun();
    await writeProfiles();
    await rm(file());
    await mkdir(file());
    expect(await run('rotate', { 'to-profile': 'default', yes: true })).toMatchObject({ exitCode: 9 });
    expect(generated()).toBe(0);
    expect(await readdir(dirname(file()))).toEqual(['credentials']);
  });

  it('refuses a credentials file inside of a checkout, and status fails over it', async () => {
    world = await startEmulatedRun();
    await writeProfiles();
    await mkdir(join(dirname(world.cwd), '.git'));
    expect(JSON.stringify(await run('rotate', { 'to-profile': 'default', yes: true }))).toContain('lies in the checkout');
    expect(await run('status')).toEqual({ kind: 'done', exitCode: 1 });
    expect(generated()).toBe(0);
  });

  it('sees a checkout behind a link of the file itself, where the new pair would be written', async () => {
    world = await startEmulatedRun();
    const dotfiles = join(dirname(world.cwd), 'dotfiles');
    await writeProfiles();
    await mkdir(join(dotfiles, '.git'), { recursive: true });
    await rename(file(), join(dotfiles, 'cred'));
    await symlink(join(dotfiles, 'cred'), file());
    expect(JSON.stringify(await run('rotate', { 'to-profile': 'default', yes: true }))).toContain(`lies in the checkout ${dotfiles}`);
    expect(await run('status')).toEqual({ kind: 'done', exitCode: 1 });
    expect(generated()).toBe(0);
  });

  it('a lost answer is told, with the code of the platform, and the same command helps', async () => {
    world = await startEmulatedRun();
    world.emulator.faults.set({ operation: GENERATE, kind: 'reset-after' });
    expect(await run('rotate', { 'to-profile': 'default', yes: true })).toMatchObject({ exitCode: 5, failure: { code: 'secret-lost' } });
    // The room that was taken is given back.
    expect(await readdir(dirname(file()))).toEqual([]);
    await run('status', { json: true });
    expect(JSON.parse(world.printed())).toMatchObject({ newerApiId: newest().apiId, daysLeft: 0, warnings: [expect.stringContaining('newer pair')] });
    expect(await run('status', { 'fail-below': '1' })).toEqual({ kind: 'done', exitCode: 1 });
    expect(await run('rotate', { 'to-profile': 'default', yes: true })).toEqual(DONE);
  });
});

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
