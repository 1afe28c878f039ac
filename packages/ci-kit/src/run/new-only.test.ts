import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import { runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

let world: EmulatedRun;
afterEach(() => world.close());

const OLD = { cwe: 209, severity: 2, file: 'src/Till.java', line: 7 } as const;
const NEW = { cwe: 117, severity: 2, file: 'src/Log.java', line: 9 } as const;
const notices = (): readonly string[] => world.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
const KNOWN: GivenOptions = { 'new-only': true, baseline: 'known.json', 'fail-on-severity': 'low', 'scan-name': 'second' };

/** A first scan, whose results are kept as the baseline of a second one. */
async function start(second: readonly (typeof OLD | typeof NEW)[]): Promise<void> {
  world = await startEmulatedRun({ scans: [{ scanName: 'first', findings: [OLD], components: [] }, { findings: [...second], components: [] }] }, 60);
  expect(await runScan(world.scanInput({ 'scan-name': 'first' }))).toMatchObject({ exitCode: 0 });
  await copyFile(join(world.cwd, 'verapipe-results.json'), join(world.cwd, 'known.json'));
}

describe('only new findings', () => {
  it('fail a scan, and the baseline stands in the proof', async () => {
    await start([OLD]);
    const sha256 = createHash('sha256').update(await readFile(join(world.cwd, 'known.json'))).digest('hex');
    const result = await runScan(world.scanInput(KNOWN));
    expect(result).toMatchObject({ exitCode: 0, results: { gates: [{ id: 'policy' }, { id: 'severity', outcome: 'pass' }], proof: { baseline: { path: 'known.json', sha256, known: 1, knownBy: { exact: 0, id: 1, near: 0 } } } } });
    expect(notices()).toContain('Baseline known.json: 1 finding is known: 1 id (by the id of the platform).');
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('are those that the baseline does not have', async () => {
    await start([OLD, NEW]);
    expect(await runScan(world.scanInput(KNOWN))).toMatchObject({ exitCode: 1, results: { gates: [{ outcome: 'pass' }, { id: 'severity', outcome: 'fail' }], proof: { baseline: { known: 1 } } } });
  });

  it('hold in wait as well', async () => {
    await start([OLD]);
    await runScan(world.scanInput({ 'no-wait': true, 'scan-name': 'second' }));
    const options: GivenOptions = { 'new-only': true, baseline: 'known.json', 'fail-on-severity': 'low' };
    expect(await runWait(world.waitInput(options))).toMatchObject({ kind: 'judged', exitCode: 0, results: { proof: { baseline: { known: 1 } } } });
  });

  it.each<[options: GivenOptions, path: string, got: string]>([
    [{ baseline: null }, 'baseline', 'nothing'],
    [{ 'new-only': null }, 'newOnly', 'no'],
    [{ baseline: 'verapipe-results.json' }, 'baseline', 'which this run replaces'],
    [{ baseline: 'shop.jar' }, 'baseline', 'neither JSON nor XML'],
  ])('%j is a fault, and nothing is sent', async (options, path, got) => {
    await start([]);
    const before = world.emulator.journal().length;
    expect(await runScan(world.scanInput({ ...KNOWN, ...options }))).toMatchObject({ exitCode: 2, failure: { issues: [{ path, got: expect.stringContaining(got) }] } });
    expect(world.emulator.journal()).toHaveLength(before);
  });
});

describe('only new findings of a pipeline scan', () => {
  const scan = (options: GivenOptions): ReturnType<typeof runPipelineScan> => runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...options }, {}));

  async function startWithKnown(findings: readonly (typeof OLD)[]): Promise<void> {
    world = await startEmulatedRun({ pipelineScans: [{ findings: [...findings] }] });
    expect(await scan({})).toMatchObject({ exitCode: 1 });
    await copyFile(join(world.cwd, 'results.json'), join(world.cwd, 'known.json'));
  }

  it.each<[options: GivenOptions]>([[{ baseline: 'known.json' }], [{ baseline: 'known.json', 'new-only': true }]])('with %j are none where nothing changed', async (options) => {
    await startWithKnown([OLD]);
    expect(await scan(options)).toMatchObject({ exitCode: 0, results: { gates: [{ id: 'any-finding', outcome: 'pass' }], proof: { baseline: { path: 'known.json', known: 1, knownBy: { exact: 1, id: 0, near: 0 } } } } });
    expect(notices()).toContain('Baseline known.json: 1 finding is known: 1 exact (by equal hashes).');
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
    expect(await world.readJson('filtered_results.json')).toMatchObject({ findings: [] });
  });

  it.each<[options: GivenOptions, path: string]>([
    [{ 'new-only': true }, 'baseline'],
    [{ 'no-new-only': true, baseline: 'known.json' }, 'newOnly'],
    [{ baseline: 'results.json' }, 'baseline'],
    [{ baseline: 'known.json', 'org-policy': 'org.yaml' }, 'newOnly'],
  ])('%j is a fault', async (options, path) => {
    await startWithKnown([OLD]);
    await writeFile(join(world.cwd, 'org.yaml'), 'version: 1\n');
    expect(await scan(options)).toMatchObject({ exitCode: 2, failure: { issues: [{ path }] } });
  });
});
