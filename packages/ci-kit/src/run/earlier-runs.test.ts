import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { runReport } from '../tasks/report.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import { planScan, runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

let world: EmulatedRun;
afterEach(() => world.close());

const OLD = { cwe: 209, severity: 2, file: 'src/Till.java', line: 7 } as const;
const NEW = { cwe: 117, severity: 3, file: 'src/Log.java', line: 9 } as const;
const REPORTS = ['markdown=a.md', 'html=a.html', 'html-static=a-static.html'];
const AGAIN = ['markdown=b.md', 'html=b.html', 'html-static=b-static.html'];

/** A first scan, whose results are kept, before another one. The emulator numbers findings by their place in the list. */
async function start(first: readonly (typeof OLD | typeof NEW)[] = [OLD], second: readonly (typeof OLD | typeof NEW)[] = [OLD, NEW]): Promise<void> {
  world = await startEmulatedRun({ scans: [{ scanName: 'first', findings: [...first], components: [] }, { findings: [...second], components: [] }] }, 60);
  expect(await runScan(world.scanInput({ 'scan-name': 'first' }))).toMatchObject({ kind: 'judged' });
  await copyFile(join(world.cwd, 'verapipe-results.json'), join(world.cwd, 'last.json'));
  await copyFile(join(world.cwd, 'veracode-detailed-report.xml'), join(world.cwd, 'last.xml'));
}

async function read(name: string): Promise<string> {
  return readFile(join(world.cwd, name), 'utf8');
}

/** What a summary says of new and fixed findings. */
async function changesIn(name: string): Promise<{ readonly isNew: string | undefined; readonly fixed: string | undefined; readonly sentence: string | undefined }> {
  const text = await read(name);
  const [, , , , isNew, fixed] = (/^\| \*\*all\*\*.*$/mu.exec(text)?.[0] ?? '').split('|').map((cell) => cell.trim());
  return { isNew, fixed, sentence: /^New and fixed: .*$/mu.exec(text)?.[0] };
}

describe('--earlier of a run', () => {
  it.each([
    ['new', [OLD], [OLD, NEW], 1, 0, '1 → 2'],
    ['fixed', [OLD, NEW], [OLD], 0, 1, '2 → 1'],
  ] as const)('tells what is %s since, in a scan and in reports of its results', async (_name, first, second, isNew, fixed, since) => {
    await start(first, second);
    await runScan(world.scanInput({ 'scan-name': 'second', earlier: 'last.json', report: REPORTS }));
    const { generatedAt, scan } = (await world.readJson('last.json')) as { generatedAt: string; scan: { id: string } };
    expect(await changesIn('a.md')).toEqual({ isNew: `**${String(isNew)}**`, fixed: `**${String(fixed)}**`, sentence: `New and fixed: compared with the results of ${generatedAt} (scan ${scan.id}).` });
    expect(await read('a.md')).toContain(`Since ${generatedAt}: ${since} open findings.`);
    expect(await read('a.html')).toContain('<h2>Trend</h2>');
    expect(await read('a.html')).toContain(`<b>${String(isNew)}</b> new, <b>${String(fixed)}</b> fixed.`);
    await runReport(world.taskInput('report', { 'platform-url': null, earlier: 'last.json', report: AGAIN }));
    for (const [run, later] of [['a.md', 'b.md'], ['a.html', 'b.html'], ['a-static.html', 'b-static.html']] as const) expect({ later, text: await read(later) }).toEqual({ later, text: await read(run) });
  });

  it('holds in wait as well', async () => {
    await start();
    await runScan(world.scanInput({ 'no-wait': true, 'scan-name': 'second' }));
    expect(await runWait(world.waitInput({ earlier: 'last.json', report: 'markdown=a.md' }))).toMatchObject({ kind: 'judged' });
    expect(await changesIn('a.md')).toMatchObject({ isNew: '**1**', fixed: '**0**' });
  });

  it('tells it of a pipeline scan, which knows neither by itself', async () => {
    world = await startEmulatedRun({ pipelineScans: [{ findings: [OLD] }] });
    const scan = (options: GivenOptions): ReturnType<typeof runPipelineScan> => runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...options }, {}));
    await scan({ report: 'markdown=a.md' });
    expect(await changesIn('a.md')).toEqual({ isNew: '–', fixed: '–', sentence: 'New and fixed: not known, as a pipeline scan was compared with nothing.' });
    await copyFile(join(world.cwd, 'verapipe-results.json'), join(world.cwd, 'last.json'));
    await scan({ earlier: 'last.json', report: 'markdown=a.md' });
    expect(await changesIn('a.md')).toEqual({ isNew: '**0**', fixed: '**0**', sentence: expect.stringContaining('compared with the results of') });
  });

  it('gives way to the baseline by which the run was judged', async () => {
    await start();
    await copyFile(join(world.cwd, 'last.json'), join(world.cwd, 'known.json'));
    await runScan(world.scanInput({ 'scan-name': 'second', 'new-only': true, baseline: 'known.json', 'fail-on-severity': 'low', earlier: 'last.json', report: REPORTS }));
    const { sentence, ...numbers } = await changesIn('a.md');
    expect({ numbers, sentence }).toEqual({ numbers: { isNew: '**1**', fixed: '**0**' }, sentence: expect.stringMatching(/^New and fixed: compared with the baseline known\.json \(scan \d+\); waived findings/u) });
    await runReport(world.taskInput('report', { 'platform-url': null, earlier: 'last.json', report: AGAIN }));
    expect(await read('b.md')).toBe(await read('a.md'));
    expect(await read('b.html')).toBe(await read('a.html'));
  });

  it.each<[name: string, options: GivenOptions, got: string]>([
    ['without a report', { earlier: 'last.json' }, 'no --report beside it'],
    ['a file that the run replaces', { earlier: 'verapipe-results.json', report: 'csv=a.csv' }, 'which this run replaces'],
    ['a file that is none', { earlier: 'shop.jar', report: 'csv=a.csv' }, 'neither JSON nor XML'],
    ['a file that says nothing of its run', { earlier: 'last.xml', report: 'csv=a.csv' }, 'which says nothing of its run'],
  ])('is a fault of the input, and nothing is sent: %s', async (_name, options, got) => {
    await start();
    const before = world.emulator.journal().length;
    const issue = { path: 'earlier', got: expect.stringContaining(got) };
    expect(await runScan(world.scanInput({ 'scan-name': 'second', ...options }))).toMatchObject({ exitCode: 2, failure: { issues: [issue] } });
    expect(world.emulator.journal()).toHaveLength(before);
    expect(await planScan(world.taskInput('scan', { app: 'Web shop', file: 'shop.jar', 'scan-name': 'second', plan: true, ...options }))).toMatchObject({ exitCode: 2 });
  });
});
