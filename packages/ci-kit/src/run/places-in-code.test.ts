import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Finding } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { makeCheckout } from '../../test/git-checkout.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runFindings } from '../tasks/findings.js';
import { runGate } from '../tasks/gate.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import { runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

type Scenario = NonNullable<Parameters<typeof startEmulatedRun>[0]>;
type Written = ScanResults & { readonly findings: readonly Finding[] };

const CALL = 'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info';
const RESULTS = 'verapipe-results.json';

/** Two findings against the policy, one that is not, one that is mitigated, one without a place; and a component. */
const FLAWS = [
  { cwe: 89, severity: 5, file: 'com/example/OrderDao.java', line: 42, function: 'void find(java.lang.String)' },
  { cwe: 78, severity: 5, file: 'com/example/Tool.java', line: 2, function: 'void run()' },
  { cwe: 209, severity: 2, file: 'com/example/OrderDao.java', line: 7 },
  { cwe: 89, severity: 5, file: 'com/example/Gone.java', line: 9, mitigation: { action: 'appdesign', status: 'accepted' } },
] as const;
const SHOP: Scenario = { scans: [{ findings: [...FLAWS] }], pipelineScans: [{ findings: [...FLAWS], modules: ['{file}'] }] };

const ORDER_DAO = 'backend/src/main/java/com/example/OrderDao.java';
const FILES = ['shop.jar', ORDER_DAO, 'README.md'];

let world: EmulatedRun;
afterEach(() => world.close());

async function start(scenario: Scenario = SHOP, files: readonly string[] | null = FILES): Promise<void> {
  world = await startEmulatedRun(scenario, 60);
  if (files !== null) await makeCheckout(world.cwd, files);
}

async function written(): Promise<Written> {
  const results = await world.readJson(RESULTS);
  expect(schemaFaults(results)).toEqual([]);
  return results as Written;
}

function flaw({ findings }: Written, cwe: number, severity = 5): Finding | undefined {
  return findings.find((finding) => finding.cwe === cwe && finding.severity === severity);
}

/** What was said, but for what the lint says of a file that is a text, and no archive. */
function told(type: 'notice' | 'warning'): readonly string[] {
  return world.events.flatMap((event) => (event.type === type && !event.message.endsWith('[unreadable-archive]') ? [event.message] : []));
}

function callsMade(): number {
  return world.calls().filter((name) => name === CALL).length;
}

const ASKED: GivenOptions = { 'data-paths': 'violating' };

describe('paths of the repository', () => {
  it('stand beside those of the platform, and the share of them in the results', async () => {
    await start();
    expect(await runScan(world.scanInput())).toMatchObject({ kind: 'judged', exitCode: 1 });
    const results = await written();
    expect(flaw(results, 89)?.location).toMatchObject({ file: 'com/example/OrderDao.java', repositoryPath: ORDER_DAO });
    expect(flaw(results, 78)?.location).toMatchObject({ file: 'com/example/Tool.java', repositoryPath: null });
    const components = results.counts?.byKind.sca ?? 0;
    expect(results.pathMapping).toEqual({ withPath: 4, mapped: 2, ambiguous: 0, unmatched: 2, ruleMissed: 0, withoutPath: components });
    expect([results.dataPaths, callsMade()]).toEqual([null, 0]);
    expect(results.findings.every(({ dataPaths }) => dataPaths === null)).toBe(true);
  });

  it('are looked for from the root of the checkout, also when the run works in a folder of it', async () => {
    await start(SHOP, null);
    await makeCheckout(join(world.cwd, 'repo'), [ORDER_DAO, 'backend/shop.jar']);
    const cwd = join(world.cwd, 'repo', 'backend');
    await runScan(world.scanInput({}, { cwd }));
    expect(flaw((await world.readJson(`repo/backend/${RESULTS}`)) as Written, 89)?.location.repositoryPath).toBe(ORDER_DAO);
  });

  it('are unknown where there is no checkout', async () => {
    await start(SHOP, null);
    await mkdir(join(world.cwd, 'com', 'example'), { recursive: true });
    await writeFile(join(world.cwd, 'com', 'example', 'OrderDao.java'), '');
    await runScan(world.scanInput({ 'path-rule': 'com=src' }));
    const results = await written();
    expect([results.pathMapping, flaw(results, 89)?.location.repositoryPath]).toEqual([null, null]);
    expect(told('warning')).toEqual([expect.stringContaining('--path-rule has no effect')]);
  });

  it('follow rules, and a rule that leads nowhere is counted', async () => {
    await start(SHOP, [...FILES, 'tools/Tool.java']);
    await runScan(world.scanInput({ 'path-rule': ['com/example/Tool.java=tools/Tool.java', '**/Gone.java=nowhere/Gone.java'] }));
    const results = await written();
    expect(flaw(results, 78)?.location.repositoryPath).toBe('tools/Tool.java');
    expect(results.pathMapping).toMatchObject({ mapped: 3, ruleMissed: 1 });
  });

  it.each(['scan', 'wait', 'pipeline-scan'] as const)('of a rule that is none are a fault of %s, and nothing is sent', async (command) => {
    await start(SHOP, null);
    const run = { scan: runScan, wait: runWait, 'pipeline-scan': runPipelineScan }[command];
    const result = await run(command === 'scan' ? world.scanInput({ 'path-rule': 'a=../b' }) : world.input(command, { 'path-rule': 'a=../b' }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 2, failure: { issues: expect.arrayContaining([expect.objectContaining({ path: 'pathRule', got: '"a=../b"' })]) } });
    expect(world.calls()).toEqual([]);
  });

  it('change neither the identity of a finding nor what its gates say', async () => {
    await start();
    const plain = join(world.cwd, 'plain');
    await mkdir(plain);
    await writeFile(join(plain, 'shop.jar'), 'content of shop.jar');
    const options = { file: 'shop.jar', 'fail-on-severity': '2' };
    await runPipelineScan(world.input('pipeline-scan', options));
    await runPipelineScan(world.input('pipeline-scan', options, { cwd: plain, homeDir: world.cwd }));
    const [mapped, unmapped] = [await written(), (await world.readJson(`plain/${RESULTS}`)) as Written];
    expect([mapped.pathMapping?.mapped, unmapped.pathMapping]).toEqual([2, null]);
    expect(mapped.gates).toEqual(unmapped.gates);
    expect(mapped.findings).toEqual(unmapped.findings.map((finding, index) => ({ ...finding, location: { ...finding.location, repositoryPath: mapped.findings[index]?.location.repositoryPath } })));
  });

  const waiver = (path: string): string => JSON.stringify({ version: 1, waivers: [{ path, cwe: 209, reason: 'x', owner: 'x', expires: '2099-01-01' }] });

  it.each([[ORDER_DAO], ['com/example/OrderDao.java'], ['backend/**']])('count for waivers, as the platform’s do: %s', async (path) => {
    await start();
    await writeFile(join(world.cwd, 'waivers.json'), waiver(path));
    const result = await runScan(world.scanInput({ waivers: 'waivers.json', 'fail-on-cwe': '209' }));
    expect(result).toMatchObject({ results: { gates: [{ id: 'policy' }, { id: 'cwe', outcome: 'pass' }], proof: { waivers: [{ findings: 1, warnings: [] }] } } });
    // Judged again elsewhere, without the checkout: the path stands in the file.
    const gate = await runGate({ ...world.taskInput('gate', { from: RESULTS, waivers: 'waivers.json', 'fail-on-cwe': '209', 'report-only': true, json: true, 'platform-url': null }) });
    expect(gate).toMatchObject({ kind: 'done', exitCode: 0 });
    expect(JSON.parse(world.printed())).toMatchObject({ gates: [{ id: 'policy' }, { id: 'cwe', outcome: 'pass' }], pathMapping: { mapped: 2 } });
  });

  it('are in the results of a pipeline scan, and not in the files of the vendor’s shape', async () => {
    await start();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }));
    const results = await written();
    expect(flaw(results, 89)?.location.repositoryPath).toBe(ORDER_DAO);
    expect(results.pathMapping).toMatchObject({ withPath: 4, mapped: 2 });
    expect(JSON.stringify(await world.readJson('results.json'))).not.toMatch(/repositoryPath|stack_dumps|dataPaths/);
  });
});

describe('data paths', () => {
  const way = (steps: readonly object[]): unknown => [{ steps: steps.map((step) => expect.objectContaining(step)) }];
  const OF_89 = way([
    { file: 'com/example/OrderDao.java', repositoryPath: ORDER_DAO, line: 39 },
    { file: 'com/example/OrderDao.java', repositoryPath: ORDER_DAO, line: 42 },
  ]);

  it.each<[name: string, options: GivenOptions]>([
    ['of the policy scans', {}],
    ['of a sandbox', { sandbox: 'feature', 'create-sandbox': true }],
  ])('%s take one call for each open finding against the policy, which is said before', async (_name, options) => {
    await start();
    await runScan(world.scanInput({ ...ASKED, ...options }));
    const results = await written();
    expect(flaw(results, 89)?.dataPaths).toEqual(OF_89);
    expect(flaw(results, 78)?.dataPaths).toEqual(way([{ line: 1, repositoryPath: null }, { line: 2, function: 'run' }]));
    expect(results.findings.filter(({ dataPaths }) => dataPaths !== null)).toHaveLength(2);
    expect([results.dataPaths, callsMade()]).toEqual([{ findings: 2, read: 2, missing: 0, reason: null }, 2]);
    expect(told('notice')).toContain('Reading the data paths of 2 findings, one call each.');
    expect(told('warning')).toEqual([]);
  });

  it('are read by wait as well', async () => {
    await start();
    await runScan(world.scanInput({ 'no-wait': true }));
    expect(await runWait(world.waitInput(ASKED))).toMatchObject({ kind: 'judged', results: { dataPaths: { read: 2 } } });
    expect(flaw(await written(), 89)?.dataPaths).toEqual(OF_89);
  });

  it('of no finding need no call, not even to find the place', async () => {
    await start({ scans: [{ findings: [], components: [] }] });
    expect(await runScan(world.scanInput(ASKED))).toMatchObject({ exitCode: 0, results: { dataPaths: { findings: 0, read: 0, missing: 0, reason: null } } });
    expect(world.calls().filter((name) => name === 'GET /appsec/v1/applications')).toHaveLength(1);
  });

  it.each<[name: string, operation: string, kind: string, code: RegExp]>([
    ['an account that may only submit', 'GET /appsec/v1/applications', 'status:403', /may only submit/],
    ['a platform that answers with pages', CALL, 'html-200', /./],
    ['a platform that answers with nothing that can be read', CALL, 'bad-json', /./],
    ['a platform that is down', CALL, 'status:500', /500/],
  ])('that cannot be read for %s leave the verdict as it is, and are told', async (_name, operation, kind, reason) => {
    await start();
    const { emulator } = world;
    emulator.faults.set({ operation, kind, count: 'all' });
    expect(await runScan(world.scanInput(ASKED))).toMatchObject({ kind: 'judged', exitCode: 1, results: { verdict: 'fail', dataPaths: { findings: 2, read: 0, missing: 2, reason: expect.stringMatching(reason) } } });
    const results = await written();
    expect(results.findings.every(({ dataPaths }) => dataPaths === null)).toBe(true);
    expect(told('warning')).toContainEqual(expect.stringMatching(/^The data paths of 2 of 2 findings could not be read; the findings stand without them\. ./));
  });

  it('that are there for some stay, beside the number of the others', async () => {
    await start();
    world.emulator.faults.set({ operation: CALL, kind: 'status:400', count: 1 });
    await runScan(world.scanInput(ASKED));
    const results = await written();
    expect(results.dataPaths).toEqual({ findings: 2, read: 1, missing: 1, reason: expect.stringContaining('400') });
    expect(results.findings.filter(({ dataPaths }) => dataPaths !== null)).toHaveLength(1);
  });

  it('end with a run that is cancelled', async () => {
    await start();
    const cancel = new AbortController();
    const result = await runScan(
      world.scanInput(ASKED, {
        signal: cancel.signal,
        onEvent: (event) => {
          if (event.type === 'notice' && event.message.startsWith('Reading the data paths')) cancel.abort('SIGTERM');
        },
      }),
    );
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 130 });
    expect(callsMade()).toBe(0);
  });

  it('of a pipeline scan come with it, for the findings that fail the gates', async () => {
    await start();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', 'fail-on-severity': '5', ...ASKED }));
    expect(world.emulator.snapshot().pipelineScans).toMatchObject([{ request: { emitStackDump: true } }]);
    const results = await written();
    // Two have frames, one has an empty dump: the platform says that there is no path.
    const failing = results.findings.filter(({ severity }) => severity === 5);
    expect(failing.map(({ dataPaths }) => dataPaths?.map(({ steps }) => steps.at(-1)?.line))).toEqual(failing.map(({ location }, index) => (index === 2 ? [] : [location.line])));
    expect(flaw(results, 209, 2)?.dataPaths).toBeNull();
    expect(results.dataPaths).toEqual({ findings: failing.length, read: failing.length, missing: 0, reason: null });
    const [way] = failing.find(({ location }) => location.repositoryPath === ORDER_DAO)?.dataPaths ?? [];
    expect([way?.steps.map(({ repositoryPath }) => repositoryPath), callsMade()]).toEqual([[ORDER_DAO, ORDER_DAO], 0]);
  });

  it('are not asked of a pipeline scan unless they are wanted', async () => {
    await start();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }));
    expect(world.emulator.snapshot().pipelineScans).toMatchObject([{ request: { emitStackDump: false } }]);
    expect((await written()).dataPaths).toBeNull();
  });
});

describe('findings', () => {
  const PUBLISHED: Scenario = { ...SHOP, applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }] };

  function runIt(options: GivenOptions): ReturnType<typeof runFindings> {
    return runFindings(world.taskInput('findings', { app: 'Shop', ...options }));
  }

  it('are shown where they lie in the repository, with the share of them', async () => {
    await start(PUBLISHED);
    expect(await runIt({ kind: 'static' })).toMatchObject({ kind: 'done', exitCode: 0 });
    expect(world.printed()).toContain(`${ORDER_DAO}:42`);
    expect(world.printed()).toContain('2 of 3 findings with a path were mapped to files of the checkout (66 %); 1 fit none.');
  });

  it('are printed with their data paths, and what became of these', async () => {
    await start(PUBLISHED);
    await runIt({ ...ASKED, json: true });
    const printed = JSON.parse(world.printed()) as Written;
    expect(printed.findings.filter(({ dataPaths }) => dataPaths !== null)).toHaveLength(2);
    expect(printed).toMatchObject({ dataPaths: { findings: 2, read: 2, missing: 0 }, pathMapping: { mapped: 2 } });
    expect(callsMade()).toBe(2);
  });

  it('refuse a rule that is none', async () => {
    await start(PUBLISHED);
    expect(await runIt({ 'path-rule': 'x' })).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path: 'pathRule' }] } });
  });
});

describe('gate', () => {
  it('says how many findings of a file it found in the checkout', async () => {
    await start();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }));
    const gate = await runGate(world.taskInput('gate', { from: 'results.json', 'fail-on-severity': '5', 'platform-url': null }));
    expect(gate).toMatchObject({ exitCode: 1 });
    expect(world.printed()).toContain('2 of 4 findings with a path were mapped');
  });

  it('refuses a rule that is none', async () => {
    await start();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }));
    const gate = await runGate(world.taskInput('gate', { from: 'results.json', 'path-rule': '=', 'platform-url': null }));
    expect(gate).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'pathRule' }] } });
  });
});
