import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ScenarioInput } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedCli, type Ended, startEmulatedCli } from './emulated-cli.js';

const LIST = 'GET /appsec/v1/applications';
const SUMMARY = 'GET /appsec/v2/applications/{guid}/summary_report';
const DAY_MS = 86_400_000;

const SCENARIO: ScenarioInput = {
  applications: Array.from({ length: 12 }, (_, index) => ({ name: `App ${index}`, builds: [{ name: 'release', startedMinutesAgo: index < 3 ? 60 : 60 * 24 * 30 }] })),
  scans: [{ findings: [], components: [] }],
};

let world: EmulatedCli;
let since: string;
afterEach(() => world.close());

async function start(settings: ScenarioInput['settings'] = {}): Promise<void> {
  world = await startEmulatedCli({ ...SCENARIO, settings });
  since = new Date(world.emulator.snapshot().nowMs - 7 * DAY_MS).toISOString();
}

const args = (...more: readonly string[]): readonly string[] => ['applications', 'changed', '--cursor', 'cursor.json', '--since', since, '--platform-url', world.emulator.url, ...more];
const run = (...more: readonly string[]): Promise<Ended> => world.start(args(...more)).ended;

function namesIn(stdout: string): readonly string[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { readonly application: { readonly name: string } }).application.name).toSorted();
}

/** Kills the real process, so that nothing of it can be said or written any more, at a call that is never answered. */
async function killAt(operation: string, nth: number, more: readonly string[]): Promise<Ended> {
  world.emulator.faults.set({ operation, kind: 'stall', nth });
  const { process, ended } = world.start(args(...more));
  while (!world.emulator.faults.list().some(({ met }) => met > 0)) await sleep(10);
  process.kill('SIGKILL');
  world.emulator.faults.clear();
  return ended;
}

describe('verapipe applications changed, killed', () => {
  it.each<[when: string, operation: string, nth: number, more: readonly string[], told: number]>([
    // The count of all applications comes after the last line and before the cursor.
    ['between output and cursor', LIST, 2, [], 3],
    ['between output and cursor, with data', LIST, 2, ['--with', 'findings,summary'], 3],
    ['in the middle of its output', SUMMARY, 2, ['--with', 'findings,summary'], 1],
    ['before its output', LIST, 1, [], 0],
  ])('%s, is repeated whole and skips nothing', async (_when, operation, nth, more, told) => {
    await start();
    const killed = await killAt(operation, nth, more);
    expect(killed.exitCode).toBeNull();
    expect(namesIn(killed.stdout)).toHaveLength(told);
    expect(await readdir(world.cwd)).toEqual(['shop.jar']);

    const again = await run(...more);
    expect(again.exitCode).toBe(0);
    expect(namesIn(again.stdout)).toEqual(['App 0', 'App 1', 'App 2']);
    expect(existsSync(join(world.cwd, 'cursor.json'))).toBe(true);
    expect(await run(...more)).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('after the cursor, has told everything: nothing is lost, and nothing is told twice', async () => {
    await start();
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, names: namesIn(stdout) }).toEqual({ exitCode: 0, names: ['App 0', 'App 1', 'App 2'] });
    expect(stderr).toMatch(/3 of 12 applications changed since .+\. Finding them took 1 call, and counting all of them one more; listing all takes 1\./u);
    const cursor = await world.readJson('cursor.json');
    const killed = await killAt(LIST, 1, []);
    expect(killed).toMatchObject({ exitCode: null, stdout: '' });
    expect(await world.readJson('cursor.json')).toEqual(cursor);
    expect(await run()).toMatchObject({ exitCode: 0, stdout: '' });
  });
});

describe('verapipe applications changed', () => {
  it.each<[spelling: 'day' | 'time', finding: string]>([
    ['day', '1 call'],
    ['time', '2 calls'],
  ])('at a platform that takes the filter as a %s alone, takes %s', async (checkedAfterSpelling, finding) => {
    await start({ checkedAfterSpelling });
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, names: namesIn(stdout) }).toEqual({ exitCode: 0, names: ['App 0', 'App 1', 'App 2'] });
    expect(stderr).toContain(`Finding them took ${finding}, and counting all of them one more; listing all takes 1.`);
    expect(await run()).toMatchObject({ exitCode: 0, stdout: '' });
  });
});
