import { mkdir, open, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { credentialTasks, GENERATE, READ, DONE, FROM_FILE } from '../../test/credential-tasks.js';
import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import type { RunEvent } from '../run/run-events.js';
import type { TaskInput } from '../run/run-task.js';

let world: EmulatedRun;
afterEach(() => world.close());

const { run, file, generated, newest, seen, writeProfiles } = credentialTasks(() => world);

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
