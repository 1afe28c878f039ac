import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { firstFindings, pageText, pipelineEntry, pipelineText, resultsText } from '../../test/findings-files.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { schemaFaults } from '../../test/results-schema.js';
import { readOptions } from '../options/read-options.js';
import { runScan } from '../run/run-scan.js';
import { runBaselineCompare } from './compare-baseline.js';
import { runGate } from './gate.js';
import { runBaselineSave } from './save-baseline.js';

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

describe('runBaselineSave from a file', () => {
  it('keeps the results in the output folder, and tells what it kept', async () => {
    await local.write('verapipe-results.json', resultsText());
    const { result, printed } = await local.run(runBaselineSave, 'baseline save', { to: 'kept/baseline.json' });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toMatch(/^Baseline .+baseline\.json: 2 findings: 1 Very High, 1 High; 1 against the policy\.\n$/u);
    expect(schemaFaults(JSON.parse(await local.read('kept/baseline.json')))).toEqual([]);
  });

  it('gives one object with --json', async () => {
    await local.write('results.json', pipelineText([pipelineEntry(5)]));
    const { printed } = await local.run(runBaselineSave, 'baseline save', { from: '.', to: 'baseline.json', json: true });
    expect(JSON.parse(printed)).toMatchObject({ schemaVersion: 1, baseline: { format: 'pipeline-results', scanId: 'p-1' }, counts: { total: 1 } });
  });

  it.each<[name: string, text: string, options: Record<string, string>, paths: readonly string[]]>([
    ['a file with less than it says', pageText([7], 2), { to: 'b.json' }, ['from']],
    ['a run that read nothing, and no place', resultsText({ counts: null, findings: [], verdict: 'none' }), {}, ['from', 'to']],
    ['a sandbox of nobody', resultsText(), { to: 'b.json', sandbox: 'x' }, ['app']],
    ['text', 'findings', { to: 'b.json' }, ['from']],
  ])('refuses %s', async (_name, text, options, paths) => {
    await local.write('any.json', text);
    const { result } = await local.run(runBaselineSave, 'baseline save', { from: 'any.json', ...options });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 2 });
    expect(result.kind === 'failed' && result.failure.issues.map(({ path }) => path)).toEqual(paths);
    await expect(local.read('b.json')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says where it could not write', async () => {
    await local.write('verapipe-results.json', resultsText());
    expect((await local.run(runBaselineSave, 'baseline save', { to: 'verapipe-results.json/b.json' })).result).toMatchObject({ exitCode: 9, failure: { code: 'not-writable' } });
  });
});

describe('runBaselineCompare', () => {
  it('tells what is new, known and gone, and fails nothing', async () => {
    await local.write('old.json', resultsText());
    await local.write('new.json', resultsText({ findings: firstFindings().map((finding, index) => (index === 0 ? finding : { ...finding, id: 'c2:CVE-2026-2' })) }));
    const options = { from: 'new.json', baseline: 'old.json' };
    const { result, printed } = await local.run(runBaselineCompare, 'baseline compare', options);
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toContain('\n1 new, 1 known (1 id), 1 gone.\n');
    const json = await local.run(runBaselineCompare, 'baseline compare', { ...options, json: true });
    expect(JSON.parse(json.printed)).toMatchObject({ counts: { new: 1, known: 1, gone: 1 }, idsAreShared: true });
  });

  it('lists all faults at once', async () => {
    await local.write('old.json', resultsText({ counts: null, findings: [], verdict: 'none' }));
    for (const [options, paths] of [
      [{ baseline: 'old.json' }, ['from', 'baseline']],
      [{ from: 'old.json' }, ['from', 'baseline']],
    ] as const) {
      const { result } = await local.run(runBaselineCompare, 'baseline compare', options);
      expect(result.exitCode).toBe(2);
      expect(result.kind === 'failed' && result.failure.issues.map(({ path }) => path)).toEqual(paths);
    }
  });
});

describe('runBaselineSave from the platform', () => {
  let world: EmulatedRun;
  afterEach(() => world.close());

  const FOUND = { cwe: 209, severity: 2, file: 'src/Till.java', line: 7 } as const;

  async function save(more: Readonly<Record<string, string>>): Promise<Awaited<ReturnType<typeof runBaselineSave>>> {
    const input = world.scanInput();
    const settings = Object.entries({ 'platform-url': world.emulator.url, to: 'known.json', ...more }).map(([name, value]) => ({ name, value }));
    return runBaselineSave({ ...input, options: readOptions('baseline save', settings, input.env), print: () => Promise.resolve(), width: 80 });
  }

  it('keeps the newest findings, which a gate on new ones then knows by their ids', async () => {
    world = await startEmulatedRun({ scans: [{ findings: [FOUND], components: [] }] });
    expect(await runScan(world.scanInput({ 'fail-on-severity': 'low' }))).toMatchObject({ exitCode: 1 });
    expect(await save({ app: 'shop' })).toEqual({ kind: 'done', exitCode: 0 });
    const kept = await world.readJson('known.json');
    expect(kept).toMatchObject({ verdict: 'none', application: { name: 'Shop' }, counts: { total: 1 }, findings: [{ cwe: 209 }] });
    expect(schemaFaults(kept)).toEqual([]);

    await local.write('known.json', JSON.stringify(kept));
    await local.write('verapipe-results.json', JSON.stringify(await world.readJson('verapipe-results.json')));
    expect((await local.run(runBaselineCompare, 'baseline compare', { baseline: 'known.json' })).printed).toContain('0 new, 1 known (1 id), 0 gone.');
    const gate: GivenOptions = { 'fail-on-severity': 'low', 'new-only': true, baseline: 'known.json' };
    expect((await local.run(runGate, 'gate', gate)).result.exitCode).toBe(0);
    expect((await local.run(runGate, 'gate', { from: 'known.json', 'fail-on-severity': '5' })).result).toMatchObject({ exitCode: 2, failure: { code: 'nothing-to-judge' } });
  });

  it.each<[name: string, options: Readonly<Record<string, string>>, exitCode: number]>([
    ['an application that is not there', { app: 'Nobody' }, 4],
    ['two places at once', { app: 'Shop', from: 'any.json' }, 2],
    ['an application without a name', { app: ' ' }, 2],
  ])('refuses %s', async (_name, options, exitCode) => {
    world = await startEmulatedRun();
    expect(await save(options)).toMatchObject({ kind: 'failed', exitCode });
    await expect(world.readJson('known.json')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
