import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import type { CommandName } from '../options/option.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { runChangedApplications } from './changed-applications.js';
import { runFindings } from './findings.js';
import { runSandboxCreate, runSandboxList, runSandboxPromote } from './sandboxes.js';
import { runSandboxSweep } from './sweep-sandboxes.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];

const TASKS: Readonly<Partial<Record<CommandName, (input: TaskInput) => Promise<TaskResult>>>> = {
  findings: runFindings,
  'sandbox list': runSandboxList,
  'sandbox create': runSandboxCreate,
  'sandbox promote': runSandboxPromote,
  'sandbox sweep': runSandboxSweep,
  'applications changed': runChangedApplications,
};

let world: EmulatedRun;

afterEach(() => world.close());

function run(command: CommandName, options: GivenOptions = {}, more: Partial<TaskInput> = {}): Promise<TaskResult> {
  const task = TASKS[command];
  if (task === undefined) throw new Error(`${command} is no task`);
  return task(world.taskInput(command, options, more));
}

function live(): readonly string[] {
  return (world.emulator.snapshot().applications[0]?.sandboxes ?? []).filter(({ deleted }) => !deleted).map(({ name }) => name);
}

const SHOP: Scenario = {
  applications: [
    {
      name: 'Shop',
      sandboxes: [
        { name: 'feature-1', builds: [{ name: 'nightly' }] },
        { name: 'feature-2', builds: [{ name: 'running', status: 'Scan In Process', endsInMinutes: 100_000 }] },
        { name: 'release' },
      ],
      builds: [{ name: 'release 1' }],
    },
  ],
};

describe('sandbox list', () => {
  it('shows them to people and to programs', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox list', { app: 'shop' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(world.printed()).toMatch(/^NAME +OWNER +CHANGED\nfeature-1 .*\nfeature-2 .*\nrelease .*\n$/u);
    expect(world.events).toContainEqual({ type: 'warning', message: 'Application profile "Shop" is used for "shop".' });
  });

  it('prints one object with --json, also without any', async () => {
    world = await startEmulatedRun({ applications: [{ name: 'Shop' }] });
    await run('sandbox list', { app: 'Shop', json: true });
    expect(JSON.parse(world.printed())).toMatchObject({ schemaVersion: 1, application: { name: 'Shop' }, sandboxes: [] });
  });
});

describe('sandbox create', () => {
  it('makes one, and is content with it the second time', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox create', { app: 'Shop', sandbox: 'feature-3' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(await run('sandbox create', { app: 'Shop', sandbox: 'feature-3' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(world.printed()).toMatch(/"feature-3" of "Shop" was created .+\n.+ is there already/u);
    expect(live()).toEqual(['feature-1', 'feature-2', 'release', 'feature-3']);
  });
});

describe('sandbox promote', () => {
  it('makes a policy scan, and can remove the sandbox', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox promote', { app: 'Shop', sandbox: 'feature-1', 'delete-sandbox': true, json: true })).toEqual({ kind: 'done', exitCode: 0 });
    expect(JSON.parse(world.printed())).toMatchObject({ from: { name: 'nightly' }, to: { name: 'nightly Promoted' }, sandboxDeleted: true });
    expect(live()).toEqual(['feature-2', 'release']);
  });

  it('is content with what was promoted before, and removes the sandbox then', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox promote', { app: 'Shop', sandbox: 'feature-1' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(await run('sandbox promote', { app: 'Shop', sandbox: 'feature-1', 'delete-sandbox': true })).toEqual({ kind: 'done', exitCode: 0 });
    const [first, second] = world.printed().trim().split('\n');
    expect(second).toBe(first);
    expect(live()).toEqual(['feature-2', 'release']);
  });

  it.each<[name: string, sandbox: string, code: string]>([
    ['that has no scan', 'release', 'nothing-to-promote'],
    ['whose scan runs', 'feature-2', 'unfinished-scan'],
    ['that is not there', 'feature-9', 'name-not-found'],
  ])('refuses a sandbox %s: 4', async (_name, sandbox, code) => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox promote', { app: 'Shop', sandbox })).toMatchObject({ kind: 'failed', exitCode: 4, failure: { code } });
    expect(world.printed()).toBe('');
  });
});

describe('sandbox sweep', () => {
  it('only tells what it would do, and leaves a scan that runs', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run('sandbox sweep', { app: 'Shop', prefix: 'feature' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(world.printed()).toMatch(/feature-1 +would be removed +its name begins with "feature"\nfeature-2 +kept +.+ but its scan is at "Scan In Process"\n\n2 of 3 sandboxes met the rules\. Nothing was removed: --apply does it\.\n$/u);
    expect(live()).toHaveLength(3);
  });

  it('removes what it chose with --apply', async () => {
    world = await startEmulatedRun(SHOP);
    await writeFile(join(world.cwd, 'branches'), `${'0'.repeat(40)}\trefs/heads/release\n`);
    await run('sandbox sweep', { app: 'Shop', 'live-branches': 'branches', apply: true, json: true });
    expect(JSON.parse(world.printed())).toMatchObject({ applied: true, sandboxes: 3, swept: [{ name: 'feature-1', outcome: 'removed' }, { name: 'feature-2', outcome: 'kept' }] });
    expect(live()).toEqual(['feature-2', 'release']);
  });

  it.each<[name: string, options: GivenOptions, path: string]>([
    ['no rule at all', {}, 'olderThan'],
    ['a list of branches that is not there', { 'live-branches': 'nowhere' }, 'liveBranches'],
    ['an empty list of branches, as a failed command leaves it', { 'live-branches': 'empty' }, 'liveBranches'],
  ])('refuses %s before it asks anything', async (_name, options, path) => {
    world = await startEmulatedRun(SHOP);
    await writeFile(join(world.cwd, 'empty'), '\n');
    expect(await run('sandbox sweep', { app: 'Shop', apply: true, ...options })).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path }] } });
    expect(world.emulator.journal()).toEqual([]);
  });
});

describe('findings', () => {
  const findings = [
    { cwe: 89, severity: 4, file: 'src/a.java', line: 3 },
    { cwe: 117, severity: 2, file: 'src/b.java', line: 4, mitigation: { status: 'accepted' } },
    { cwe: 404, severity: 0, file: 'src/c.java', line: 5 },
  ] as const;
  const scenario: Scenario = { applications: [{ name: 'Shop', builds: [{ name: 'release 1' }] }], scans: [{ findings: [...findings], components: [] }] };

  it.each<[name: string, options: GivenOptions, wanted: readonly number[]]>([
    ['that are open', {}, [89, 404]],
    ['of every state', { all: true }, [89, 117, 404]],
    ['from a severity on', { 'min-severity': 'low', all: true }, [89, 117]],
    ['against the policy', { violating: true }, [89]],
    ['of another kind', { kind: 'dynamic' }, []],
  ])('shows those %s', async (_name, options, wanted) => {
    world = await startEmulatedRun(scenario);
    expect(await run('findings', { app: 'Shop', json: true, ...options })).toEqual({ kind: 'done', exitCode: 0 });
    const printed = JSON.parse(world.printed()) as { readonly findings: readonly { readonly cwe: number }[] };
    expect(printed.findings.map(({ cwe }) => cwe).toSorted((one, other) => one - other)).toEqual(wanted);
  });

  it('shows a table to people', async () => {
    world = await startEmulatedRun(scenario);
    await run('findings', { app: 'Shop' });
    expect(world.printed()).toMatch(/^Findings of "Shop", the policy scans:\n\nSEVERITY +CWE +WHERE +WHAT +POLICY\nHigh +89 +src\/a\.java:3/u);
    expect(world.printed()).toMatch(/2 findings: 1 High, 1 Informational/u);
  });

  it.each<[name: string, options: GivenOptions, exitCode: number]>([
    ['no application', {}, 2],
    ['an application that is not there', { app: 'Shpo' }, 4],
    ['a sandbox that is not there', { app: 'Shop', sandbox: 'x' }, 4],
  ])('fails loudly for %s', async (_name, options, exitCode) => {
    world = await startEmulatedRun(scenario);
    expect(await run('findings', options)).toMatchObject({ kind: 'failed', exitCode });
    expect(world.printed()).toBe('');
  });
});

describe('applications changed', () => {
  const many: Scenario = {
    applications: Array.from({ length: 12 }, (_, index) => ({ name: `App ${index}`, builds: [{ name: 'release', startedMinutesAgo: index < 3 ? 60 : 60 * 24 * 30 }] })),
  };

  function names(): readonly string[] {
    return world
      .printed()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { readonly application: { readonly name: string } }).application.name);
  }

  function recently(): string {
    return new Date(world.emulator.snapshot().nowMs - 7 * 86_400_000).toISOString();
  }

  it('tells those alone, and what it took, and goes on from the cursor', async () => {
    world = await startEmulatedRun(many);
    expect(await run('applications changed', { since: recently(), cursor: 'cursor.json' })).toEqual({ kind: 'done', exitCode: 0 });
    expect([...names()].toSorted()).toEqual(['App 0', 'App 1', 'App 2']);
    expect(world.events).toContainEqual(expect.objectContaining({ type: 'notice', message: expect.stringMatching(/^3 of 12 applications changed since .+ took 1 call, and counting all of them one more; listing all takes 1\.$/u) }));
    const told = names().length;
    expect(await run('applications changed', { cursor: 'cursor.json' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(names()).toHaveLength(told);
  });

  it('fetches findings and summary of the changed ones only', async () => {
    world = await startEmulatedRun(many);
    await run('applications changed', { since: recently(), with: ['findings', 'summary'] });
    const [line = ''] = world.printed().split('\n');
    expect(JSON.parse(line)).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ kind: 'static' })]), summary: { scanName: 'release' } });
    expect(world.calls().filter((call) => call.endsWith('/summary_report'))).toHaveLength(3);
  });

  it('of 5,000 of which 50 changed asks for nothing but these, and says what it took', async () => {
    const old = { name: 'release', startedMinutesAgo: 60 * 24 * 30 };
    const isChanged = (index: number): boolean => index % 100 === 7;
    const applications = Array.from({ length: 5000 }, (_, index) => ({ name: `App ${index}`, createdDaysAgo: 400, builds: [isChanged(index) ? { ...old, startedMinutesAgo: 60 } : old] }));
    world = await startEmulatedRun({ applications, scans: [{ findings: [], components: [] }] });
    const since = recently();
    expect(await run('applications changed', { since, cursor: 'cursor.json', with: 'findings,summary' })).toEqual({ kind: 'done', exitCode: 0 });

    const changed = world.emulator.snapshot().applications.filter((_, index) => isChanged(index));
    expect(names().toSorted()).toEqual(changed.map(({ name }) => name).toSorted());
    const [first, ...others] = world.emulator.journal().filter(({ operation }) => !operation.endsWith('/api_credentials'));
    const last = others.pop();
    // One call finds them, three fetch the data of each, the last one counts all.
    expect([first, last].map((entry) => [entry?.operation, entry?.parameters['size']])).toEqual([['GET /appsec/v1/applications', '500'], ['GET /appsec/v1/applications', '1']]);
    const wanted = changed.flatMap(({ guid }) => [`/appsec/v2/applications/${guid}/findings`, `/appsec/v2/applications/${guid}/findings`, `/appsec/v2/applications/${guid}/summary_report`]);
    expect(others.map(({ path }) => path).toSorted()).toEqual(wanted.toSorted());
    expect(world.events).toContainEqual({
      type: 'notice',
      message: `50 of 5000 applications changed since ${since}. Finding them took 1 call, and counting all of them one more; listing all takes 10. Fetching their findings and summary took 150 calls; for all it takes 15000 or more.`,
    });

    const before = world.emulator.journal().length;
    expect(await run('applications changed', { cursor: 'cursor.json', with: 'findings,summary' })).toEqual({ kind: 'done', exitCode: 0 });
    expect(names()).toHaveLength(50);
    expect(world.calls().slice(-2)).toEqual(['GET /appsec/v1/applications', 'GET /appsec/v1/applications']);
    // The credentials are looked at beside it.
    expect(world.emulator.journal().length - before).toBeLessThanOrEqual(3);
  });

  it('does not move the cursor when anything fails after the output', async () => {
    world = await startEmulatedRun(many);
    world.emulator.faults.set({ operation: 'GET /appsec/v1/applications', kind: 'html-200', nth: 2, count: 'all' });
    const since = recently();
    expect(await run('applications changed', { since, cursor: 'cursor.json' })).toMatchObject({ kind: 'failed', exitCode: 5 });
    expect(names()).toHaveLength(3);
    expect(await readdir(world.cwd)).not.toContain('cursor.json');
  });

  it('repeats lines rather than losing them when it is killed before the cursor is written', async () => {
    world = await startEmulatedRun(many);
    const since = recently();
    let lines = 0;
    const killed = {
      print: () => {
        lines += 1;
        return lines < 3 ? Promise.resolve() : Promise.reject(new Error('killed'));
      },
    };
    expect(await run('applications changed', { since, cursor: 'cursor.json' }, killed)).toMatchObject({ kind: 'failed', exitCode: 70 });
    expect(await readdir(world.cwd)).not.toContain('cursor.json');
    expect(await run('applications changed', { since, cursor: 'cursor.json' })).toEqual({ kind: 'done', exitCode: 0 });
    expect([...names()].toSorted()).toEqual(['App 0', 'App 1', 'App 2']);
  });

  it.each<[name: string, options: GivenOptions, cursor: string | null, path: string]>([
    ['nowhere to begin', {}, null, 'since'],
    ['a first run without a time', { cursor: 'cursor.json' }, null, 'since'],
    ['a cursor that is not JSON', { cursor: 'cursor.json' }, '{', 'cursor'],
    ['a cursor of a newer version', { cursor: 'cursor.json' }, '{"schemaVersion":2}', 'cursor'],
  ])('refuses %s: 2', async (_name, options, cursor, path) => {
    world = await startEmulatedRun(many);
    if (cursor !== null) await writeFile(join(world.cwd, 'cursor.json'), cursor);
    expect(await run('applications changed', options)).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path }] } });
    expect(world.emulator.journal()).toEqual([]);
  });
});
