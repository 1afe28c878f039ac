import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { plainPaint } from '../for-people/paint.js';
import { renderResult } from '../for-people/render-result.js';
import { runReport } from '../tasks/report.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import { runScan } from './run-scan.js';

let world: EmulatedRun;

afterEach(() => world.close());

async function lines(name: string): Promise<readonly string[]> {
  return (await readFile(join(world.cwd, name), 'utf8')).trimEnd().split('\n');
}

async function resultsOf(name: string): Promise<{ readonly counts: { readonly total: number }; readonly findings: readonly { readonly id: string; readonly kind: string }[] }> {
  return JSON.parse(await readFile(join(world.cwd, name), 'utf8')) as Awaited<ReturnType<typeof resultsOf>>;
}

describe('--report', () => {
  it('writes what the results say, of a scan', async () => {
    world = await startEmulatedRun();
    const result = await runScan(world.scanInput({ report: ['csv=reports/a.csv', 'ndjson=a.ndjson'] }));
    const { counts, findings } = await resultsOf('verapipe-results.json');
    expect(result.files.reports).toEqual([
      { format: 'csv', path: join(world.cwd, 'reports', 'a.csv'), written: true },
      { format: 'ndjson', path: join(world.cwd, 'a.ndjson'), written: true },
    ]);
    expect(counts.total).toBeGreaterThan(0);
    const csv = await readFile(join(world.cwd, 'reports', 'a.csv'), 'utf8');
    for (const { id, kind } of findings) expect(csv).toContain(`\r\n${id},${kind},`);
    expect((await lines('a.ndjson')).map((line): unknown => JSON.parse(line))).toEqual(findings);
  });

  it('writes them of a pipeline scan, with what became of each finding', async () => {
    world = await startEmulatedRun();
    await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', report: 'ndjson=a.ndjson' }));
    expect((await lines('a.ndjson')).map((line): unknown => JSON.parse(line))).toEqual((await resultsOf('verapipe-results.json')).findings);
    expect(await lines('a.ndjson')).toContainEqual(expect.stringContaining('"standing":"open"'));
  });

  it('writes nothing about components of a pipeline scan, and says why', async () => {
    world = await startEmulatedRun();
    await writeFile(join(world.cwd, 'gl.json'), 'of another scan');
    const result = await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', report: ['gitlab-sast=sast.json', 'gitlab-dependency-scanning=gl.json'] }));
    expect(result).toMatchObject({ kind: 'judged-pipeline', files: { reports: [{ written: true }, { written: false }] } });
    expect(await readdir(world.cwd)).not.toContain('gl.json');
    expect(renderResult(result, { width: 80, paint: plainPaint, spelling: { placeOf: ({ path }) => path, spell: (name) => name, advice: '' } })).toMatch(/gitlab-dependency-scanning not written: a pipeline scan looks at no components, and .*gl\.json would close what other scans found/u);
  });

  it('leaves no report of an earlier run in the place of one that has no results', async () => {
    world = await startEmulatedRun();
    await writeFile(join(world.cwd, 'a.csv'), 'id\r\n');
    const result = await runScan(world.scanInput({ 'create-profile': null, report: 'csv=a.csv' }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 4, files: { reports: [{ format: 'csv', written: false }] } });
    expect(await readdir(world.cwd)).not.toContain('a.csv');
  });

  it('ends with 9 when a report cannot be written, and leaves no verdict behind', async () => {
    world = await startEmulatedRun();
    await mkdir(join(world.cwd, 'a.csv'));
    const result = await runScan(world.scanInput({ report: 'csv=a.csv' }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 9, files: { results: join(world.cwd, 'verapipe-results.json'), reports: [] } });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', failure: { exitCode: 9 }, findings: [] });
    expect(world.calls().filter((call) => call.includes('uploadlargefile') || call.includes('createbuild'))).toEqual([]);
  });

  it.each<[name: string, command: 'scan' | 'pipeline-scan']>([['a scan', 'scan'], ['a pipeline scan', 'pipeline-scan']])('proves before %s sends anything that its reports can be written', async (_name, command) => {
    world = await startEmulatedRun();
    await writeFile(join(world.cwd, 'taken'), 'a file, where a folder is wanted');
    const report = ['csv=reports/a.csv', 'ndjson=taken/inner/a.ndjson'];
    const result = command === 'scan' ? await runScan(world.scanInput({ report })) : await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', report }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 9, failure: { code: 'not-writable', message: expect.stringContaining(join('taken', 'inner')) } });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', failure: { exitCode: 9 } });
    expect(await readdir(join(world.cwd, 'reports'))).toEqual([]);
    expect(world.calls().filter((call) => !/getapplist|applications|getmaintenance|user|self|credentials/u.test(call))).toEqual([]);
  });

  it.each<GivenOptions>([{ report: 'csv' }, { report: 'cvs=a' }, { report: 'csv=verapipe-results.json' }, { report: ['csv=a', 'ndjson=a'] }])('is a fault of the input: %j', async (options) => {
    world = await startEmulatedRun();
    expect(await runScan(world.scanInput(options))).toMatchObject({ kind: 'unjudged', exitCode: 2, failure: { issues: [{ path: 'report' }] } });
    expect(world.calls()).toEqual([]);
  });
});

describe('verapipe report', () => {
  it('writes the same bytes as the run did, from its results alone', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ report: ['csv=a.csv', 'ndjson=a.ndjson'] }));
    expect(await runReport(world.taskInput('report', { 'platform-url': null, report: ['csv=b.csv', 'ndjson=b.ndjson'] }))).toEqual({ kind: 'done', exitCode: 0 });
    for (const end of ['csv', 'ndjson']) expect(await lines(`b.${end}`)).toEqual(await lines(`a.${end}`));
    expect(world.printed()).toMatch(/^csv: b\.csv\nndjson: b\.ndjson\n\d+ findings of verapipe-results\.json\.\n$/u);
  });

  it('says of a run without results that there is nothing to report', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'create-profile': null }));
    await runReport(world.taskInput('report', { 'platform-url': null, report: 'csv=a.csv', json: true }));
    expect(JSON.parse(world.printed())).toMatchObject({ schemaVersion: 1, reports: [{ format: 'csv', path: 'a.csv', written: false }] });
    expect(await readdir(world.cwd)).not.toContain('a.csv');
  });

  it.each<[name: string, options: GivenOptions, issue: object]>([
    ['no file', { report: 'csv=a' }, { path: 'from' }],
    ['no report', {}, { path: 'report' }],
    ['a report in the place of its source', { report: 'csv=verapipe-results.json' }, { path: 'report' }],
    ['a report in the place of an earlier file that was named by its folder', { report: 'csv=verapipe-results.json', earlier: '.' }, { path: 'report' }],
    ['an earlier file that is none', { report: 'csv=a', earlier: 'shop.jar' }, { path: 'earlier' }],
  ])('is a fault of the input: %s', async (name, options, issue) => {
    world = await startEmulatedRun();
    if (name !== 'no file') await runScan(world.scanInput());
    const result = await runReport(world.taskInput('report', { 'platform-url': null, ...options }));
    expect(result).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: expect.arrayContaining([expect.objectContaining(issue)]) } });
  });
});
