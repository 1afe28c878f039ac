import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { runPipelineScan } from '../run/run-pipeline-scan.js';
import type { RunInput } from '../run/run-input.js';
import { runScan } from '../run/run-scan.js';
import type { TaskResult } from '../run/task-result.js';
import { runGate } from './gate.js';

const RESULTS = 'verapipe-results.json';
const VERIFY: GivenOptions = { 'verify-platform': true };

let world: EmulatedRun;
afterEach(() => world.close());

interface Results {
  readonly policy: Record<string, unknown>;
  readonly scan: Record<string, unknown>;
  readonly findings: readonly Record<string, unknown>[];
}

/** Changes what the scan wrote, as somebody might who can write the artifact. */
async function forge(change: (results: Results) => Record<string, unknown>): Promise<void> {
  const path = join(world.cwd, RESULTS);
  const results = JSON.parse(await readFile(path, 'utf8')) as Results;
  await writeFile(path, JSON.stringify({ ...results, ...change(results) }));
}

function gate(options: GivenOptions = VERIFY, more: Partial<RunInput> = {}): Promise<TaskResult> {
  return runGate(world.taskInput('gate', { ...options, ...(options['verify-platform'] === true ? {} : { 'platform-url': null }) }, more));
}

describe('runGate --verify-platform', () => {
  it.each<[name: string, options: GivenOptions, context: string]>([
    ['a policy scan', {}, 'policy'],
    ['a scan in a sandbox', { sandbox: 'x', 'create-sandbox': true }, 'sandbox'],
  ])('judges results of %s that the platform confirms, at the price of two calls', async (_name, options, context) => {
    world = await startEmulatedRun();
    expect((await runScan(world.scanInput({ ...options, 'report-only': true }))).exitCode).toBe(0);
    const before = world.calls().length;
    expect(await gate()).toEqual({ kind: 'done', exitCode: 1 });
    expect(world.calls().slice(before)).toEqual(['getbuildinfo.do', 'detailedreport.do']);
    expect(world.printed()).toMatch(new RegExp(`FAIL: ${context} scan \\d+, read from verapipe-results\\.json and judged again by one gate\\. The platform says the same of build \\d+: its evaluation and \\d+ findings\\.\\n$`, 'u'));
  });

  it.each<[name: string, change: (results: Results) => Record<string, unknown>, told: string]>([
    ['whose evaluation was made a pass', ({ policy }) => ({ policy: { ...policy, evaluation: 'pass' } }), 'the evaluation of the policy is "pass" in the file and "did-not-pass" on the platform'],
    ['whose rules were made a pass', ({ policy }) => ({ policy: { ...policy, rulesStatus: 'pass' } }), 'the status of its rules is "pass" in the file'],
    ['a finding of which was named otherwise', ({ findings: [first, ...rest] }) => ({ findings: [{ ...first, cwe: 1 }, ...rest] }), '1 of 3 findings in the file and 1 of 3 on the platform have no equal on the other side'],
    ['a finding of which was mended by hand', ({ findings }) => ({ findings: findings.map((finding, index) => (index === 0 ? { ...finding, affectsPolicy: null } : finding)) }), '1 of 3 findings'],
  ])('refuses results %s', async (_name, change, told) => {
    world = await startEmulatedRun({ scans: [{ findings: [{ cwe: 89, severity: 5 }, { cwe: 79, severity: 3 }, { cwe: 79, severity: 3 }], components: [] }] });
    await runScan(world.scanInput({ 'report-only': true }));
    await forge(change);
    const result = await gate();
    expect(result).toMatchObject({ kind: 'failed', exitCode: 5, failure: { code: 'platform-disagrees' } });
    expect(result.kind === 'failed' && result.failure.message).toContain(told);
    expect(world.printed()).toBe('');
  });

  it('passes only with proof on both sides', async () => {
    world = await startEmulatedRun({ scans: [{ findings: [], components: [] }] });
    await runScan(world.scanInput());
    expect(await gate()).toEqual({ kind: 'done', exitCode: 0 });
    await gate({ ...VERIFY, json: true });
    expect(world.printed()).toContain('"verifiedWithPlatform": true');
  });

  it.each(['status:503', 'html-200', 'cut-body'])('judges nothing when the platform fails: %s', async (kind) => {
    world = await startEmulatedRun({ scans: [{ findings: [], components: [] }] });
    await runScan(world.scanInput());
    world.emulator.faults.set({ operation: 'detailedreport.do', kind, count: 'all' });
    expect(await gate()).toMatchObject({ kind: 'failed', exitCode: 5 });
    expect(world.printed()).toBe('');
  });

  it('judges nothing when the scan is gone', async () => {
    world = await startEmulatedRun({ scans: [{ findings: [], components: [] }] });
    await runScan(world.scanInput());
    await forge(({ scan }) => ({ scan: { ...scan, id: '999' } }));
    expect(await gate()).toMatchObject({ kind: 'failed', exitCode: 4 });
  });

  it('needs credentials, which a gate without it does not', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'report-only': true }));
    const env = { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' };
    expect(await gate(VERIFY, { env })).toMatchObject({ kind: 'failed', exitCode: 3 });
    expect(await gate({}, { env })).toEqual({ kind: 'done', exitCode: 1 });
  });

  it('is a fault of the input for a pipeline scan', async () => {
    world = await startEmulatedRun();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', 'report-only': true }));
    expect(await gate()).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'verifyPlatform', got: expect.stringContaining('of which the platform keeps nothing') }] } });
  });
});

describe('runGate over a run that was skipped', () => {
  const env = { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' };

  it.each<[name: string, options: GivenOptions]>([
    ['offline', {}],
    ['and asked to verify', VERIFY],
    ['to report only', { 'report-only': true }],
  ])('ends as the run did, %s', async (_name, options) => {
    world = await startEmulatedRun();
    expect((await runScan(world.scanInput({ 'missing-credentials': 'skip' }, { env }))).exitCode).toBe(8);
    expect(await gate(options, { env })).toMatchObject({ kind: 'failed', exitCode: 8, failure: { message: expect.stringMatching(/^verapipe-results\.json is of a run that was skipped: there were no credentials/u) } });
  });

  it.each([
    ['version: 1\n', 3],
    ['version: 1\nmissing-credentials: skip\n', 8],
  ])('ends as an organisation lets it: %j', async (policy, exitCode) => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'missing-credentials': 'skip' }, { env }));
    await writeFile(join(world.cwd, 'org.yaml'), policy);
    expect(await gate({ 'org-policy': 'org.yaml' }, { env })).toMatchObject({ kind: 'failed', exitCode });
  });

  it('tells faults of the input first', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'missing-credentials': 'skip' }, { env }));
    expect(await gate({ 'fail-on-severity': 'scary' }, { env })).toMatchObject({ exitCode: 2 });
  });

  it('does not take results with proof for skipped ones', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'report-only': true }));
    await forge(() => ({ failure: { exitCode: 8, code: 'no-credentials', message: '', advice: null } }));
    expect(await gate({})).toEqual({ kind: 'done', exitCode: 1 });
  });
});
