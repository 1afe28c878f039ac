import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';
import { planPipelineScan, runPipelineScan } from './run-pipeline-scan.js';
import type { RunResult } from './run-result.js';
import { planScan, runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

type Scenario = NonNullable<Parameters<typeof startEmulatedRun>[0]>;

let world: EmulatedRun;
afterEach(() => world.close());

const OLD = { cwe: 209, severity: 2, file: 'src/Till.java', line: 7 } as const;
const NEW = { cwe: 117, severity: 2, file: 'src/Log.java', line: 9 } as const;
const POLICY: GivenOptions = { 'new-only': true, 'baseline-scan': 'policy', 'create-profile': null, 'scan-name': 'ours' };
const REPORT = 'detailedreport.do';

type Findings = readonly (typeof OLD | typeof NEW)[];

/** "release" and the sandbox's "trunk" have the old finding; our own scan what is given. */
async function start(own: Findings, more: Scenario = {}): Promise<void> {
  const application = { name: 'Shop', builds: [{ name: 'release' }], sandboxes: [{ name: 'main', builds: [{ name: 'trunk' }] }, { name: 'fresh' }] };
  const scans = [
    { scanName: 'release', findings: [OLD], components: [] },
    { scanName: 'trunk', findings: [OLD], components: [] },
    { scanName: 'ours*', findings: [...own], components: [] },
  ];
  world = await startEmulatedRun({ applications: [application], scans, pipelineScans: [{ findings: [...own] }], ...more }, 60);
}

function idOf(build: string): string {
  return world.emulator.snapshot().applications[0]?.builds.find(({ name }) => name === build)?.id ?? '';
}

const scan = (options: GivenOptions = {}): Promise<RunResult> => runScan(world.scanInput({ ...POLICY, ...options }));
const messages = (): readonly string[] => world.events.flatMap((event) => ('message' in event ? [event.message] : []));

describe('a scan that is compared with the last policy scan', () => {
  it('passes with what that one found, and both scans stand in the proof', async () => {
    await start([OLD]);
    expect(await scan()).toMatchObject({ kind: 'judged', exitCode: 0, results: { gates: [{ id: 'policy' }, { id: 'any-finding', outcome: 'pass' }] } });
    const report = await readFile(join(world.cwd, '.verapipe', 'baseline-report.xml'));
    const results = await world.readJson('verapipe-results.json');
    const sha256 = createHash('sha256').update(report).digest('hex');
    expect(results).toMatchObject({ proof: { buildId: idOf('ours'), baseline: { path: '.verapipe/baseline-report.xml', sha256, scanId: idOf('release'), known: 1 } } });
    expect(schemaFaults(results)).toEqual([]);
    await expect(readFindingsFile(join(world.cwd, 'verapipe-results.json'))).resolves.toMatchObject({ results: { proof: { baseline: { scanId: idOf('release') } } } });
    expect(messages()).toContainEqual(`Compared with policy scan "release" (build ${idOf('release')}). What that one found is known, also where its run failed for it.`);
  });

  it('takes two calls for it, after its own report', async () => {
    await start([OLD]);
    await scan();
    expect(world.calls().slice(-3)).toEqual([REPORT, 'getbuildlist.do', REPORT]);
    expect(world.emulator.journal().flatMap(({ operation, parameters }) => (operation === REPORT ? [parameters['build_id']] : []))).toEqual([idOf('ours'), idOf('release')]);
  });

  it('fails for what is new', async () => {
    await start([OLD, NEW]);
    expect(await scan()).toMatchObject({ exitCode: 1, results: { gates: [{ outcome: 'pass' }, { id: 'any-finding', outcome: 'fail' }], proof: { baseline: { known: 1 } } } });
  });

  it('is not green when it is read again, although its own scan is the newest by then', async () => {
    await start([OLD, NEW]);
    expect(await scan()).toMatchObject({ exitCode: 1 });
    const options: GivenOptions = { 'new-only': true, 'baseline-scan': 'policy' };
    expect(await runWait(world.waitInput(options))).toMatchObject({ exitCode: 1, results: { proof: { baseline: { scanId: idOf('release'), known: 1 } } } });
    expect(await scan({ resume: true })).toMatchObject({ exitCode: 1, results: { proof: { baseline: { scanId: idOf('release'), known: 1 } } } });
  });

  it('is not green when its job is repeated with other files, which makes another scan', async () => {
    await start([OLD, NEW]);
    expect(await scan()).toMatchObject({ exitCode: 1 });
    await writeFile(join(world.cwd, 'shop.jar'), 'built again');
    expect(await scan()).toMatchObject({ exitCode: 1, scan: { build: { name: 'ours (2)' } }, results: { proof: { baseline: { scanId: idOf('release'), known: 1 } } } });
  });

  it('is not green for a scan of somebody else that came after it', async () => {
    await start([OLD, NEW]);
    expect(await scan({ 'no-wait': true })).toMatchObject({ kind: 'submitted' });
    const { builds } = world.emulator.snapshot().applications[0] ?? { builds: [] };
    expect(builds.map(({ name }) => name)).toEqual(['release', 'trunk', 'ours']);
    expect(await runWait(world.waitInput({ 'new-only': true, 'baseline-scan': 'policy' }))).toMatchObject({ exitCode: 1 });
    // Its twin of another name has the same findings, and a greater id.
    await writeFile(join(world.cwd, 'state.json'), await readFile(join(world.cwd, '.verapipe', 'scan.json')));
    expect(await runScan(world.scanInput({ 'create-profile': null, 'scan-name': 'ours too' }))).toMatchObject({ kind: 'judged' });
    expect(await runWait(world.waitInput({ 'new-only': true, 'baseline-scan': 'policy', state: 'state.json' }))).toMatchObject({ exitCode: 1, results: { proof: { baseline: { scanId: idOf('release') } } } });
  });
});

describe('a scan in a sandbox', () => {
  it.each<[name: string, options: GivenOptions, build: string]>([
    ['the policy scans', { 'baseline-scan': 'policy' }, 'release'],
    ['its parent', { 'baseline-scan': 'sandbox:main' }, 'trunk'],
    ['its own earlier scans', { 'baseline-scan': 'sandbox:main', sandbox: 'main' }, 'trunk'],
  ])('is compared with %s', async (_name, options, build) => {
    await start([OLD]);
    expect(await scan({ sandbox: 'fresh', ...options })).toMatchObject({ exitCode: 0, results: { proof: { baseline: { scanId: idOf(build), known: 1 } } } });
  });

  it('fails for what is new there', async () => {
    await start([OLD, NEW]);
    expect(await scan({ sandbox: 'fresh', 'baseline-scan': 'sandbox:MAIN' })).toMatchObject({ exitCode: 1, results: { proof: { baseline: { known: 1 } } } });
    expect(messages()).toContainEqual('Sandbox "main" is used for "MAIN".');
  });
});

describe('nothing to compare with', () => {
  it.each<[name: string, options: GivenOptions, own: Findings, exitCode: number, reason: string]>([
    ['is not green', { 'baseline-scan': 'sandbox:fresh' }, [OLD], 1, 'There is no earlier scan in sandbox "fresh" of "Shop".'],
    ['is not green in a sandbox that is not there', { 'baseline-scan': 'sandbox:mian' }, [OLD], 1, 'There is no sandbox "mian" in application profile "Shop" that this account can see. Near: "main".'],
    ['is no fault where there are no findings', { 'baseline-scan': 'sandbox:fresh' }, [], 0, 'There is no earlier scan in sandbox "fresh" of "Shop".'],
    ['is not green in a new profile', { app: 'Till', 'create-profile': true }, [OLD], 1, 'There is no earlier scan among the policy scans of "Till".'],
  ])('%s', async (_name, options, own, exitCode, reason) => {
    await start(own);
    expect(await scan(options)).toMatchObject({ kind: 'judged', exitCode, results: { gates: [{ id: 'policy', outcome: 'pass' }, { id: 'any-finding' }], proof: { baseline: null } } });
    expect(messages()).toContainEqual(`Nothing to compare with: ${reason} Every finding counts as new.`);
  });
});

describe('a baseline that the platform does not hand out', () => {
  it.each(['status:503', 'html-200', 'cut-body'])('is no pass: %s', async (kind) => {
    await start([OLD]);
    world.emulator.faults.set({ operation: REPORT, kind, nth: 2, count: 'all' });
    expect(await scan()).toMatchObject({ kind: 'unjudged', exitCode: 5, results: { verdict: 'none', proof: null }, continuation: { command: expect.stringContaining('verapipe wait') } });
    world.emulator.faults.clear();
    expect(await runWait(world.waitInput({ 'new-only': true, 'baseline-scan': 'policy' }))).toMatchObject({ exitCode: 0 });
  });

  it('is not asked for by a run that does not wait', async () => {
    await start([OLD]);
    expect(await scan({ 'no-wait': true })).toMatchObject({ kind: 'submitted', exitCode: 0 });
    expect(world.calls()).not.toContain(REPORT);
  });
});

describe('a pipeline scan', () => {
  const pipelineScan = (options: GivenOptions): ReturnType<typeof runPipelineScan> => runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', app: 'Shop', 'baseline-scan': 'policy', ...options }));

  it('asks for its baseline before anything is uploaded', async () => {
    await start([OLD]);
    expect(await pipelineScan({})).toMatchObject({ kind: 'judged-pipeline', exitCode: 0, results: { proof: { baseline: { scanId: idOf('release'), known: 1 } } } });
    expect(world.calls().slice(0, 4)).toEqual(['GET /appsec/v1/applications', 'getbuildlist.do', REPORT, 'POST /pipeline_scan/v1/scans']);
    expect(await world.readJson('filtered_results.json')).toMatchObject({ findings: [] });
  });

  it.each<[name: string, own: Findings, options: GivenOptions, exitCode: number]>([
    ['fails for what is new', [OLD, NEW], {}, 1],
    ['is compared with a sandbox', [OLD], { 'baseline-scan': 'sandbox:main', 'new-only': true }, 0],
    ['fails where there is nothing to compare with', [OLD], { 'baseline-scan': 'sandbox:fresh' }, 1],
  ])('%s', async (_name, own, options, exitCode) => {
    await start(own);
    expect(await pipelineScan(options)).toMatchObject({ kind: 'judged-pipeline', exitCode });
  });

  it('uploads nothing where the profile is not there', async () => {
    await start([]);
    expect(await pipelineScan({ app: 'Shpo' })).toMatchObject({ kind: 'unjudged', exitCode: 4, failure: { code: 'name-not-found' } });
    expect(world.emulator.snapshot().pipelineScans).toEqual([]);
  });

  it.each<[options: GivenOptions, paths: readonly string[]]>([
    [{ app: null }, ['app']],
    [{ app: null, file: 'nowhere.jar' }, ['file', 'app']],
    [{ 'no-new-only': true }, ['newOnly']],
    [{ 'org-policy': 'org.yaml' }, ['newOnly']],
  ])('%j is a fault, and nothing is sent', async (options, paths) => {
    await start([]);
    await writeFile(join(world.cwd, 'org.yaml'), 'version: 1\n');
    expect(await pipelineScan(options)).toMatchObject({ exitCode: 2, failure: { issues: paths.map((path) => ({ path })) } });
    expect(world.emulator.journal()).toEqual([]);
  });
});

describe('a plan', () => {
  const READS = ['getbuildlist.do', REPORT];

  async function planned(work: Promise<unknown>): Promise<readonly string[]> {
    expect(await work).toMatchObject({ kind: 'done', exitCode: 0 });
    return (JSON.parse(world.printed()) as { readonly steps: readonly { readonly operation: string }[] }).steps.map(({ operation }) => operation);
  }

  it('tells of a baseline that is read last', async () => {
    await start([OLD]);
    const options: GivenOptions = { ...POLICY, app: 'Shop', file: 'shop.jar', json: true };
    expect((await planned(planScan(world.taskInput('scan', options)))).slice(-3)).toEqual([REPORT, ...READS]);
    await scan();
    expect(world.calls().slice(-3)).toEqual([REPORT, ...READS]);
  });

  it('tells of none where nobody waits for results', async () => {
    await start([OLD]);
    const options: GivenOptions = { ...POLICY, app: 'Shop', file: 'shop.jar', json: true, 'no-wait': true };
    expect(await planned(planScan(world.taskInput('scan', options)))).not.toContain(REPORT);
  });

  it('of a pipeline scan tells of it first', async () => {
    await start([OLD]);
    const options: GivenOptions = { app: 'Shop', file: 'shop.jar', 'baseline-scan': 'policy', json: true };
    expect((await planned(planPipelineScan(world.taskInput('pipeline-scan', options)))).slice(0, 3)).toEqual([...READS, 'POST /pipeline_scan/v1/scans']);
  });
});

describe('what is said of a baseline', () => {
  it.each<[options: GivenOptions, path: string, got: string]>([
    [{ 'new-only': null }, 'newOnly', 'no'],
    [{ baseline: 'known.json' }, 'baselineScan', 'both --baseline and --baseline-scan'],
    [{ 'baseline-scan': 'main' }, 'baselineScan', '"main"'],
    [{ 'baseline-scan': 'sandbox:' }, 'baselineScan', '"sandbox:"'],
    [{ 'baseline-scan': 'sandbox: ' }, 'baselineScan', '"sandbox: "'],
    [{ 'org-policy': 'org.yaml' }, 'newOnly', 'true'],
  ])('%j is a fault, and nothing is sent', async (options, path, got) => {
    await start([]);
    await writeFile(join(world.cwd, 'org.yaml'), 'version: 1\n');
    expect(await scan(options)).toMatchObject({ exitCode: 2, failure: { issues: [{ path, got }] } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('holds under an organisation that allows it', async () => {
    await start([OLD]);
    await writeFile(join(world.cwd, 'org.yaml'), 'version: 1\nnew-only: true\n');
    expect(await scan({ 'org-policy': 'org.yaml' })).toMatchObject({ exitCode: 0, results: { proof: { baseline: { known: 1 } } } });
  });
});
