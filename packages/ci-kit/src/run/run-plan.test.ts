import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';
import type { Plan } from '@verapipe/core';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { changesIn, changesOf, type ChangingCall, fulfilled, isReading } from '../../test/planned-calls.js';
import type { CommandName } from '../options/option.js';
import { runCreateServiceAccount } from '../tasks/create-service-account.js';
import { runCredentialsRevoke } from '../tasks/revoke-credentials.js';
import { runCredentialsGenerate, runCredentialsRotate } from '../tasks/rotate-credentials.js';
import { runPreflight } from '../tasks/preflight.js';
import { runSandboxCreate, runSandboxPromote } from '../tasks/sandboxes.js';
import { runSandboxSweep } from '../tasks/sweep-sandboxes.js';
import { planPipelineScan, runPipelineScan } from './run-pipeline-scan.js';
import { planScan, runScan } from './run-scan.js';
import { planWait, runWait } from './run-wait.js';
import type { RunInput } from './run-input.js';
import type { TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];

const COMMANDS: Readonly<Partial<Record<CommandName, { plan: (input: TaskInput) => Promise<TaskResult>; run: (input: TaskInput) => Promise<{ readonly exitCode: number }> }>>> = {
  scan: { plan: planScan, run: (input: RunInput) => runScan(input) },
  wait: { plan: planWait, run: (input: RunInput) => runWait(input) },
  'pipeline-scan': { plan: planPipelineScan, run: (input: RunInput) => runPipelineScan(input) },
  'sandbox create': { plan: runSandboxCreate, run: runSandboxCreate },
  'sandbox promote': { plan: runSandboxPromote, run: runSandboxPromote },
  'sandbox sweep': { plan: runSandboxSweep, run: runSandboxSweep },
  preflight: { plan: runPreflight, run: runPreflight },
  'credentials rotate': { plan: runCredentialsRotate, run: runCredentialsRotate },
  'credentials generate': { plan: runCredentialsGenerate, run: runCredentialsGenerate },
  'credentials revoke': { plan: runCredentialsRevoke, run: runCredentialsRevoke },
  'credentials create-service-account': { plan: runCreateServiceAccount, run: runCreateServiceAccount },
};

const ADMINISTRATED: NonNullable<Scenario>['accounts'] = [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', apiId: '0c'.repeat(16) }];

let world: EmulatedRun;

afterEach(() => world.close());

function commandOf(name: CommandName): NonNullable<(typeof COMMANDS)[CommandName]> {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`${name} is not planned`);
  return command;
}

/** Calls that changed the platform, or were to. */
function changes(): readonly ChangingCall[] {
  return changesIn(world.emulator.journal());
}

function printedPlan(): Plan {
  return JSON.parse(world.printed()) as Plan;
}

describe('--plan', () => {
  const sandbox = { name: 'feature', builds: [{ name: 'nightly' }] };
  it.each<[CommandName, Scenario, GivenOptions, number]>([
    ['scan', {}, { app: 'Shop', 'create-profile': true, file: 'shop.jar', 'scan-name': 'v1', 'include-modules': '*' }, 5],
    ['scan', { applications: [{ name: 'Shop' }] }, { app: 'Shop', file: 'shop.jar', 'scan-name': 'v1', sandbox: 'feature', 'create-sandbox': true }, 4],
    ['pipeline-scan', {}, { file: 'shop.jar' }, 3],
    ['sandbox create', { applications: [{ name: 'Shop' }] }, { app: 'Shop', sandbox: 'feature' }, 1],
    ['sandbox promote', { applications: [{ name: 'Shop', sandboxes: [sandbox] }] }, { app: 'Shop', sandbox: 'feature' }, 1],
    ['preflight', { applications: [{ name: 'Shop' }] }, { app: 'Shop', write: true }, 5],
    ['preflight', { applications: [{ name: 'Shop' }] }, { app: 'Shop' }, 0],
    ['sandbox sweep', { applications: [{ name: 'Shop', sandboxes: [sandbox, { name: 'fix' }, { name: 'release' }] }] }, { app: 'Shop', prefix: 'f', apply: true }, 2],
    ['sandbox sweep', { applications: [{ name: 'Shop', sandboxes: [sandbox, { name: 'fix' }, { name: 'release' }] }] }, { app: 'Shop', prefix: 'f' }, 0],
    ['credentials rotate', {}, { 'to-profile': 'default', yes: true }, 1],
    ['credentials rotate', { accounts: ADMINISTRATED }, { 'to-profile': 'ci', user: 'ci' }, 1],
    ['credentials generate', { accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', credentialsExpireInDays: -1 }] }, { 'to-profile': 'ci', user: 'ci' }, 1],
    ['credentials revoke', { accounts: ADMINISTRATED }, { 'api-id': '0c'.repeat(16), yes: true }, 1],
    ['credentials create-service-account', { accounts: ADMINISTRATED }, { name: 'ci-two', email: 'appsec-team@example.com', for: 'scan' }, 1],
  ])('says the calls of %s, which a run right after makes in that order', async (name, scenario, options, count) => {
    world = await startEmulatedRun(scenario);
    const { plan, run } = commandOf(name);
    expect(await plan(world.taskInput(name, { ...options, plan: true, json: true }))).toEqual({ kind: 'done', exitCode: 0 });
    expect(changes()).toEqual([]);
    const planned = printedPlan();
    expect(changesOf(planned)).toHaveLength(count);
    // A gate may fail; whatever else ends a run would end it before its last call.
    expect((await run(world.taskInput(name, options))).exitCode).toBeLessThanOrEqual(1);
    expect(changes()).toEqual(fulfilled(planned, changes()));
  });

  it.each<[name: string, command: 'credentials rotate' | 'credentials generate', user: string | null, oldCredentials: '24h' | 'at-once']>([
    ['the own pair, while the old one works', 'credentials rotate', null, '24h'],
    ['the own pair, when the old one has ended', 'credentials rotate', null, 'at-once'],
    ['the pair of another account', 'credentials rotate', 'ci', '24h'],
    ['the first pair of another account', 'credentials generate', 'ci', 'at-once'],
  ])('sees that an interrupted command has left a pair: %s', async (_name, name, user, oldCredentials) => {
    world = await startEmulatedRun({ accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', credentialsExpireInDays: -1 }], settings: { oldCredentials } });
    const options = { 'to-profile': 'ci', user } as const;
    const act = { ...options, ...(name === 'credentials rotate' ? { yes: true as const } : {}) };
    const { plan, run } = commandOf(name);
    // Everybody's own pair is read by this call: for an account of its own it is the second time.
    world.emulator.faults.set({ operation: 'GET /api/authn/v2/api_credentials', kind: 'status:502', count: 'all', nth: 2 });
    expect(await run(world.taskInput(name, act))).toMatchObject({ exitCode: 5, failure: { code: 'new-pair-unverified' } });
    world.emulator.faults.clear();
    const before = changes();
    expect(before).toHaveLength(1);
    expect(await plan(world.taskInput(name, { ...options, plan: true, json: true }))).toEqual({ kind: 'done', exitCode: 0 });
    expect(printedPlan()).toMatchObject({ known: { 'unfinished rotation': expect.stringMatching(/^made the pair \S+, which is accepted/u) }, steps: [] });
    expect(await run(world.taskInput(name, act))).toEqual({ kind: 'done', exitCode: 0 });
    expect(changes()).toEqual(before);
  });

  it('sees that the pair which an interrupted rotation has left is refused, and leaves it where it is', async () => {
    world = await startEmulatedRun();
    const folder = join(world.cwd, '..', '.veracode');
    const left = join(folder, 'credentials.unfinished-default');
    const text = `[default]\nveracode_api_key_id = ${'0b'.repeat(16)}\nveracode_api_key_secret = ${'0c'.repeat(64)}\n`;
    await mkdir(folder);
    await writeFile(left, text);
    const { plan, run } = commandOf('credentials rotate');
    await plan(world.taskInput('credentials rotate', { 'to-profile': 'default', plan: true, json: true }));
    const planned = printedPlan();
    expect(planned.known).toMatchObject({ 'unfinished rotation': expect.stringContaining('which is refused') });
    expect(await readFile(left, 'utf8')).toBe(text);
    expect(await run(world.taskInput('credentials rotate', { 'to-profile': 'default', yes: true }))).toEqual({ kind: 'done', exitCode: 0 });
    expect(changes()).toHaveLength(1);
    expect(changes()).toEqual(fulfilled(planned, changes()));
  });

  it('says what going on with a submitted scan would do', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ wait: 'no' }));
    const before = changes();
    const { plan, run } = commandOf('wait');
    await plan(world.taskInput('wait', { plan: true, json: true }));
    expect(changesOf(printedPlan())).toEqual([]);
    await run(world.taskInput('wait'));
    expect(changes()).toEqual(before);
  });

  it.each<[name: string, options: GivenOptions, reads: number]>([
    ['a scan that is judged', {}, 1],
    ['a scan that nobody waits for', { wait: 'no' }, 0],
  ])('says the data paths of %s', async (_name, options, reads) => {
    world = await startEmulatedRun();
    await planScan(world.taskInput('scan', { app: 'Shop', 'create-profile': true, file: 'shop.jar', plan: true, json: true, 'data-paths': 'violating', ...options }));
    const { steps } = JSON.parse(world.printed()) as Plan;
    expect(steps.filter(({ operation }) => operation.endsWith('/static_flaw_info'))).toHaveLength(reads);
  });

  it('says the data paths of a scan that is gone on with, and none of a pipeline scan, which only orders them', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ wait: 'no' }));
    await planWait(world.taskInput('wait', { plan: true, 'data-paths': 'violating' }));
    expect(world.printed()).toContain('reads: data paths, one call for each open static finding that violates the policy');
    await planPipelineScan(world.taskInput('pipeline-scan', { file: 'shop.jar', plan: true, 'data-paths': 'violating' }));
    expect(world.printed().match(/reads: data paths/gu)).toHaveLength(1);
    expect(world.printed()).toContain('emit_stack_dump');
  });

  it.each<[name: string, options: GivenOptions, env: RunInput['env'], isSaid: boolean]>([
    ['outside of a CI', {}, {}, true],
    ['in a CI', {}, { GITLAB_CI: 'true', CI_PROJECT_PATH: 'web/shop', CI_PIPELINE_ID: '48211', CI_JOB_NAME: 'scan' }, false],
    ['with a name that is given', { 'scan-name': 'v1' }, {}, false],
  ])('says whether the run would have the scan name of the plan: %s', async (_name, options, env, isSaid) => {
    world = await startEmulatedRun();
    const pair = { VERACODE_API_KEY_ID: world.emulator.apiId, VERACODE_API_KEY_SECRET: world.emulator.apiKey };
    await planScan(world.taskInput('scan', { app: 'Shop', 'create-profile': true, file: 'shop.jar', plan: true, json: true, ...options }, { env: { ...pair, ...env } }));
    expect('scan name' in printedPlan().known).toBe(isSaid);
  });

  it.each<[CommandName, Scenario, GivenOptions, readonly string[]]>([
    ['sandbox sweep', { applications: [{ name: 'Shop', sandboxes: [sandbox, { name: 'fix' }, { name: 'release' }] }] }, { app: 'Shop', prefix: 'f', apply: true }, ['sandbox "feature"', 'sandbox "fix"', '2 of 3 met the rules', '2 calls change the platform']],
    ['sandbox sweep', { applications: [{ name: 'Shop', sandboxes: [sandbox, { name: 'fix' }, { name: 'release' }] }] }, { app: 'Shop', prefix: 'f' }, ['2 of 3 met the rules', 'none without --apply; with it "feature", "fix"', '0 calls change the platform']],
    ['sandbox create', { applications: [{ name: 'Shop', sandboxes: [sandbox] }] }, { app: 'Shop', sandbox: 'feature' }, ['"feature", which is there already', '0 calls change']],
    ['credentials revoke', { accounts: ADMINISTRATED }, { 'api-id': '0c'.repeat(16) }, [`${'0c'.repeat(16)}, which ends at once`]],
    ['credentials generate', { accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', credentialsExpireInDays: -1 }] }, { 'to-profile': 'ci', user: 'ci' }, ['which has ended']],
  ])('tells people what %s is about', async (name, scenario, options, words) => {
    world = await startEmulatedRun(scenario);
    await commandOf(name).plan(world.taskInput(name, { ...options, plan: true }));
    for (const word of words) expect(world.printed()).toContain(word);
  });

  it('is for people, too, and writes no file', async () => {
    world = await startEmulatedRun();
    await planScan(world.taskInput('scan', { app: 'Shop', 'create-profile': true, file: 'shop.jar', plan: true }));
    expect(world.printed()).toContain('4 calls change the platform; nothing was changed now.');
    expect(await readdir(world.cwd)).toEqual(['shop.jar']);
  });

  it.each<[CommandName, Scenario, GivenOptions, object]>([
    ['scan', {}, { app: 'Shop', file: 'shop.jar' }, { exitCode: 4, failure: { code: 'name-not-found' } }],
    ['scan', {}, { app: 'Shop', file: 'absent.jar', waivers: 'absent.yaml', 'create-profile': true }, { exitCode: 2 }],
    ['wait', {}, {}, { exitCode: 2 }],
    ['scan', {}, { app: 'Shop', file: 'shop.jar', 'create-profile': true, 'path-rule': 'x' }, { exitCode: 2, failure: { issues: [{ path: 'pathRule' }] } }],
    ['pipeline-scan', {}, { file: 'absent.jar' }, { exitCode: 2 }],
    ['pipeline-scan', {}, { file: 'shop.jar', policy: 'Nowhere' }, { exitCode: 4, failure: { code: 'name-not-found' } }],
    ['pipeline-scan', {}, { file: 'shop.jar', app: 'Shop', 'apply-mitigations': true }, { exitCode: 4, failure: { code: 'name-not-found' } }],
    ['pipeline-scan', {}, { file: 'shop.jar', app: 'Shop', 'baseline-scan': 'policy', 'new-only': true }, { exitCode: 4, failure: { code: 'name-not-found' } }],
    ['scan', { applications: [{ name: 'Shop', builds: [{ name: 'theirs', status: 'Incomplete' }] }] }, { app: 'Shop', file: 'shop.jar' }, { exitCode: 4, failure: { code: 'build-in-the-way' } }],
  ])('ends as the run would at once: %s %#', async (name, scenario, options, end) => {
    world = await startEmulatedRun(scenario);
    expect(await commandOf(name).plan(world.taskInput(name, { ...options, plan: true }))).toMatchObject({ kind: 'failed', ...end });
    expect(changes()).toEqual([]);
    expect(world.printed()).toBe('');
    expect(await commandOf(name).run(world.taskInput(name, options))).toMatchObject(end);
    // A run learns from a refusal what is in its way.
    expect(world.emulator.journal().filter(({ operation, acted }) => acted && !isReading({ operation }))).toEqual([]);
  });

  it('says what a pipeline scan is judged by, and reads first', async () => {
    world = await startEmulatedRun({ applications: [{ name: 'Shop' }] });
    const judged = { file: 'shop.jar', app: 'Shop', policy: 'Veracode Recommended Medium', 'apply-mitigations': true, 'baseline-scan': 'policy', 'new-only': true } as const;
    expect(await planPipelineScan(world.taskInput('pipeline-scan', { ...judged, plan: true, json: true }))).toEqual({ kind: 'done', exitCode: 0 });
    const { known, steps } = JSON.parse(world.printed()) as Plan;
    expect(known).toMatchObject({ policy: expect.stringContaining('"Veracode Recommended Medium", version '), application: expect.stringContaining('"Shop" (') });
    expect(steps.slice(0, 5).map(({ kind, operation }) => `${kind} ${operation}`)).toEqual([
      'read GET /appsec/v2/applications/{guid}/summary_report',
      'read detailedreport.do',
      'read getbuildlist.do',
      'read detailedreport.do',
      'change POST /pipeline_scan/v1/scans',
    ]);
    expect(await readdir(world.cwd)).toEqual(['shop.jar']);
  });
});
