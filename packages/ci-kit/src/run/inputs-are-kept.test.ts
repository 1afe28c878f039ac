import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { resultsText } from '../../test/findings-files.js';
import { runPreflight } from '../tasks/preflight.js';
import { runBaselineSave } from '../tasks/save-baseline.js';
import { runReport } from '../tasks/report.js';
import { planPipelineScan, runPipelineScan } from './run-pipeline-scan.js';
import { planScan, runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

const WAIVERS = 'waivers: []\n';
const ORG_POLICY = 'fail-on-severity: high\n';

let world: EmulatedRun;
beforeEach(async () => {
  world = await startEmulatedRun();
  const files = {
    'app.jar': 'content of app.jar',
    'results.json': 'content of a file to scan',
    'waivers.yml': WAIVERS,
    'org.yml': ORG_POLICY,
    'base.json': resultsText(),
    'last.json': resultsText({ application: { id: '1', name: 'Shop', created: false } }),
    'ca.pem': 'no certificate',
    'out/verapipe-results.json': resultsText({ application: { id: '1', name: 'Shop', created: false } }),
    'out/results.json': resultsText(),
    'out/filtered_results.json': WAIVERS,
    'out/veracode-detailed-report.xml': WAIVERS,
  };
  await mkdir(join(world.cwd, 'out'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(world.cwd, name), text);
  await symlink(join(world.cwd, 'out'), join(world.cwd, 'linked'), 'junction');
});
afterEach(() => world.close());

const read = (name: string): Promise<string> => readFile(join(world.cwd, name), 'utf8');

interface Case {
  readonly options: GivenOptions;
  /** The file that must be left as it is. */
  readonly kept: string;
  /** Option that is told as the fault. */
  readonly fault: string;
}

/** What every command that judges refuses. */
const JUDGED: readonly Case[] = [
  { options: { waivers: 'waivers.yml', report: 'csv=waivers.yml' }, kept: 'waivers.yml', fault: 'report' },
  { options: { 'org-policy': 'org.yml', report: 'html=./out/../org.yml' }, kept: 'org.yml', fault: 'report' },
  { options: { baseline: 'base.json', 'new-only': true, report: 'csv=base.json' }, kept: 'base.json', fault: 'report' },
  { options: { earlier: 'last.json', report: 'ndjson=last.json' }, kept: 'last.json', fault: 'report' },
  { options: { earlier: 'out', report: 'ndjson=linked/verapipe-results.json' }, kept: 'out/verapipe-results.json', fault: 'report' },
  { options: { 'ca-file': 'ca.pem', report: 'csv=ca.pem' }, kept: 'ca.pem', fault: 'report' },
  { options: { waivers: 'out/verapipe-results.json', 'output-dir': 'out' }, kept: 'out/verapipe-results.json', fault: 'waivers' },
  { options: { waivers: 'linked/verapipe-results.json', 'output-dir': 'out' }, kept: 'out/verapipe-results.json', fault: 'waivers' },
  { options: { earlier: 'out/verapipe-results.json', 'output-dir': 'out', report: 'markdown=m.md' }, kept: 'out/verapipe-results.json', fault: 'earlier' },
  { options: { baseline: 'out', 'new-only': true, 'output-dir': 'out' }, kept: 'out/verapipe-results.json', fault: 'baseline' },
];

const WAITED: readonly Case[] = [
  ...JUDGED,
  { options: { waivers: 'out/veracode-detailed-report.xml', 'output-dir': 'out' }, kept: 'out/veracode-detailed-report.xml', fault: 'waivers' },
  { options: { waivers: 'waivers.yml', state: 'waivers.yml' }, kept: 'waivers.yml', fault: 'waivers' },
  { options: { state: 'out/verapipe-results.json', 'output-dir': 'out' }, kept: 'out/verapipe-results.json', fault: 'state' },
];

const SCANNED: readonly Case[] = [
  ...WAITED,
  { options: { file: 'app.jar', report: 'csv=app.jar' }, kept: 'app.jar', fault: 'report' },
  { options: { file: '*.jar', report: 'csv=app.jar' }, kept: 'app.jar', fault: 'report' },
  { options: { file: 'app.jar', state: 'app.jar' }, kept: 'app.jar', fault: 'file' },
];

const PIPED: readonly Case[] = [
  ...JUDGED,
  { options: { file: 'app.jar', report: 'csv=app.jar' }, kept: 'app.jar', fault: 'report' },
  { options: { file: 'results.json' }, kept: 'results.json', fault: 'file' },
  { options: { baseline: 'out/results.json', 'output-dir': 'out' }, kept: 'out/results.json', fault: 'baseline' },
  { options: { waivers: 'out/filtered_results.json', 'output-dir': 'out' }, kept: 'out/filtered_results.json', fault: 'waivers' },
];

const shown = ({ options }: Case): string => JSON.stringify(options);

/** Runs it, and sees to it that the file is as it was and that nobody was called. */
async function refuses({ kept, fault }: Case, run: () => Promise<unknown>): Promise<void> {
  const before = await read(kept);
  expect(await run()).toMatchObject({ exitCode: 2, failure: { issues: expect.arrayContaining([expect.objectContaining({ path: fault, got: expect.stringMatching(/which this run (?:replaces|reads)/u) })]) } });
  expect(await read(kept)).toBe(before);
  expect(world.calls()).toEqual([]);
}

describe('an input in the place of an outcome is refused and left as it is', () => {
  it.each(SCANNED.map((one) => [shown(one), one] as const))('scan %s', async (_name, one) => {
    await refuses(one, () => runScan(world.scanInput(one.options)));
    await refuses(one, () => planScan(world.taskInput('scan', { app: 'Shop', file: 'shop.jar', plan: true, ...one.options })));
  });

  it.each(WAITED.map((one) => [shown(one), one] as const))('wait %s', async (_name, one) => {
    await refuses(one, () => runWait(world.waitInput(one.options)));
  });

  it.each(PIPED.map((one) => [shown(one), one] as const))('pipeline-scan %s', async (_name, one) => {
    await refuses(one, () => runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...one.options })));
    await refuses(one, () => planPipelineScan(world.taskInput('pipeline-scan', { file: 'shop.jar', plan: true, ...one.options })));
  });

  it.each<Case>([
    { options: { from: 'base.json', report: 'csv=base.json' }, kept: 'base.json', fault: 'report' },
    { options: { from: 'out', report: 'csv=linked/verapipe-results.json' }, kept: 'out/verapipe-results.json', fault: 'report' },
    { options: { from: 'base.json', earlier: 'linked', report: 'csv=out/verapipe-results.json' }, kept: 'out/verapipe-results.json', fault: 'report' },
  ])('report $options', async (one) => {
    await refuses(one, () => runReport(world.taskInput('report', { 'platform-url': null, ...one.options })));
  });

  it.each<Case>([
    { options: { from: 'base.json', to: 'base.json', 'platform-url': null }, kept: 'base.json', fault: 'to' },
    { options: { from: 'out', to: 'linked/verapipe-results.json', 'platform-url': null }, kept: 'out/verapipe-results.json', fault: 'to' },
    { options: { app: 'Shop', 'ca-file': 'ca.pem', to: 'ca.pem' }, kept: 'ca.pem', fault: 'to' },
  ])('baseline save $options', async (one) => {
    await refuses(one, () => runBaselineSave(world.taskInput('baseline save', one.options)));
  });

  it('preflight --conformance', async () => {
    await writeFile(join(world.cwd, 'verapipe-conformance.json'), ORG_POLICY);
    expect(await runPreflight(world.taskInput('preflight', { conformance: true, 'org-policy': 'verapipe-conformance.json' }))).toMatchObject({ exitCode: 1 });
    expect(world.printed()).toContain('verapipe-conformance.json would be replaced, and is read');
    expect(await read('verapipe-conformance.json')).toBe(ORG_POLICY);
  });

  it('says so where the results of the refused run would have taken the place', async () => {
    const result = await runScan(world.scanInput({ earlier: 'out/verapipe-results.json', 'output-dir': 'out', report: 'markdown=m.md' }));
    expect(result).toMatchObject({ exitCode: 2, files: { results: null } });
    expect(world.events).toContainEqual({ type: 'warning', message: 'out/verapipe-results.json is left as it is, because this run was told to read it: it says nothing of this run.' });
  });

  it('holds the credentials file too, which no option names', async () => {
    const file = join(world.cwd, '..', '.veracode', 'credentials');
    await mkdir(join(file, '..'));
    await writeFile(file, '[default]\n');
    await refuses({ options: {}, kept: join('..', '.veracode', 'credentials'), fault: 'report' }, () => runScan(world.scanInput({ report: `csv=${file}` })));
  });

  it('keeps a file to scan from a run that is skipped for want of credentials', async () => {
    const result = await runPipelineScan(world.input('pipeline-scan', { file: 'app.jar', 'missing-credentials': 'skip', report: 'csv=app.jar' }, { env: { VERACODE_API_KEY_ID: undefined, VERACODE_API_KEY_SECRET: undefined } }));
    expect(result).toMatchObject({ exitCode: 8 });
    expect(await read('app.jar')).toBe('content of app.jar');
  });

  it('has nothing against files of an earlier run that nobody names', async () => {
    await copyFile(join(world.cwd, 'base.json'), join(world.cwd, 'verapipe-results.json'));
    expect(await runScan(world.scanInput({ report: 'csv=last.csv' }))).toMatchObject({ kind: 'judged' });
    expect(await runScan(world.scanInput({ report: 'csv=last.csv', file: '*.jar', 'scan-name': 'second' }))).toMatchObject({ kind: 'judged' });
  });
});
