import { copyFile, readFile, writeFile } from 'node:fs/promises';
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

/** Gives results another place. */
async function placed(name: string, place: object): Promise<void> {
  await writeFile(join(world.cwd, name), JSON.stringify({ ...(JSON.parse(await read(name)) as object), ...place }));
}

function warnings(): readonly string[] {
  return world.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
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

  it('compares a sandbox with the policy scans, and says so; the trend is that of one place', async () => {
    await start();
    expect(await runScan(world.scanInput({ 'scan-name': 'second', sandbox: 'feature', 'create-sandbox': true, earlier: 'last.json', report: REPORTS }))).toMatchObject({ kind: 'judged' });
    const { isNew, sentence } = await changesIn('a.md');
    expect({ isNew, sentence }).toEqual({ isNew: '**1**', sentence: expect.stringMatching(/^New and fixed: compared with the results of .* \(scan \d+\), of the policy scans of "Shop"\.$/u) });
    expect(await read('a.md')).not.toContain('Since ');
    expect(await read('a.html')).not.toContain('<h2>Trend</h2>');
    expect(warnings()).toContain('last.json is of the policy scans of "Shop" and these findings are of sandbox "feature" of "Shop": it is compared, and left out of the trend.');
  });

  it.each<[name: string, place: object, words: string]>([
    ['another sandbox', { sandbox: { id: '99', name: 'other', created: false } }, 'sandbox "other" of "Shop"'],
    ['another application, of which a state file does not speak beforehand', { application: { id: '99', name: 'Bank', created: false } }, 'the policy scans of "Bank"'],
  ])('leaves out %s, and says so', async (_name, place, words) => {
    await start();
    await placed('last.json', place);
    await runScan(world.scanInput({ 'no-wait': true, 'scan-name': 'second', sandbox: 'feature', 'create-sandbox': true }));
    expect(await runWait(world.waitInput({ earlier: 'last.json', report: REPORTS }))).toMatchObject({ kind: 'judged' });
    expect(await changesIn('a.md')).toMatchObject({ sentence: 'New and fixed: as the platform says.' });
    expect(await read('a.md')).not.toContain('Since ');
    expect(warnings()).toContain(`last.json is of ${words} and these findings are of sandbox "feature" of "Shop": it is left out of the reports.`);
  });

  it('takes nothing of another application, in a scan or in reports of its results', async () => {
    await start();
    await placed('last.json', { application: { id: '99', name: 'Bank', created: false } });
    const issue = { path: 'earlier', got: 'last.json, results of the application "Bank"', wanted: 'results of "Shop"' };
    const before = world.emulator.journal().length;
    const refused = { exitCode: 2, failure: { issues: [issue] } };
    expect(await runReport(world.taskInput('report', { 'platform-url': null, earlier: 'last.json', report: AGAIN }))).toMatchObject(refused);
    expect(await runScan(world.scanInput({ 'scan-name': 'second', earlier: 'last.json', report: REPORTS }))).toMatchObject(refused);
    expect(await planScan(world.taskInput('scan', { app: 'Shop', file: 'shop.jar', plan: true, earlier: 'last.json', report: REPORTS }))).toMatchObject(refused);
    expect(world.emulator.journal()).toHaveLength(before);
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
