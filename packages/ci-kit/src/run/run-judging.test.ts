import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];

let world: EmulatedRun;
afterEach(() => world.close());

async function start(scenario: Scenario, files: Readonly<Record<string, string>> = {}): Promise<void> {
  world = await startEmulatedRun(scenario, 60);
  for (const [name, text] of Object.entries(files)) await writeFile(join(world.cwd, name), text);
}

/** Below what the emulator's policy forbids: only gates of this side can fail. */
const LOW: Scenario = { scans: [{ findings: [{ cwe: 209, severity: 2, file: 'src/Till.java', line: 7 }], components: [] }] };

const ENDLESS: Scenario = { scans: [{ scanOutcome: 'never-ends' }] };

function warnings(): readonly string[] {
  return world.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
}

describe('gates beside the policy', () => {
  it.each<[options: GivenOptions, exitCode: number, gate: string]>([
    [{ 'fail-on-cwe': ['CWE-209,79', '20'] }, 1, 'cwe'],
    [{ 'fail-on-cwe': '79' }, 0, 'cwe'],
    [{ 'max-findings': ['low=1', 'high=0'] }, 0, 'max-findings'],
    [{ 'max-findings': 'low=0' }, 1, 'max-findings'],
    [{ 'fail-on-cvss': '7.5' }, 0, 'cvss'],
    [{ 'fail-on-licence-risk': 'high' }, 0, 'licence-risk'],
    [{ 'max-finding-age': '3650' }, 0, 'age'],
  ])('%j ends with %p', async (options, exitCode, gate) => {
    await start(LOW);
    const result = await runScan(world.scanInput(options));
    expect(result).toMatchObject({ kind: 'judged', exitCode, results: { gates: [{ id: 'policy', outcome: 'pass' }, { id: gate }], proof: { gates: [{}, { id: gate }] } } });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('hold in wait as well', async () => {
    await start(LOW);
    await runScan(world.scanInput({ 'no-wait': true }));
    expect(await runWait(world.waitInput({ 'fail-on-cwe': '209' }))).toMatchObject({ kind: 'judged', exitCode: 1 });
  });

  it.each<[options: GivenOptions, path: string]>([
    [{ 'fail-on-cwe': 'sql' }, 'failOnCwe'],
    [{ 'fail-on-cvss': '11' }, 'failOnCvss'],
    [{ 'max-findings': 'high' }, 'maxFindings'],
    [{ 'on-outage': 'warn' }, 'onOutage'],
    [{ 'on-outage': 'warn:3', 'outage-owner': 'Ann' }, 'outageReason'],
    [{ waivers: 'none.yaml' }, 'waivers'],
    [{ 'org-policy': '.' }, 'orgPolicy'],
  ])('%j is a fault, and nothing is sent', async (options, path) => {
    await start(LOW);
    expect(await runScan(world.scanInput(options))).toMatchObject({ exitCode: 2, failure: { issues: [{ path }] } });
    expect(world.emulator.journal()).toEqual([]);
  });
});

describe('waivers', () => {
  const file = (expires: string): string => `version: 1\nwaivers:\n  - { path: "**", cwe: 209, reason: r, owner: Ann, expires: ${expires} }\n  - { finding: 99999, reason: r, owner: Bob, expires: 2099-01-01 }\n`;

  it('take findings out, and stand in the proof with the checksum of their file', async () => {
    await start(LOW, { 'waivers.yaml': file('2099-12-31') });
    const result = await runScan(world.scanInput({ 'fail-on-severity': 'low', waivers: 'waivers.yaml' }));
    const sha256 = createHash('sha256').update(file('2099-12-31')).digest('hex');
    expect(result).toMatchObject({
      exitCode: 0,
      results: { proof: { waivers: [{ path: 'waivers.yaml', sha256, findings: 1, warnings: [expect.stringContaining('Waiver 2 (finding 99999, owner Bob)')] }], orgPolicy: null } },
    });
    expect(warnings()).toContainEqual(expect.stringContaining('Waiver 2'));
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('that have expired take nothing out, and are reported', async () => {
    await start(LOW, { 'waivers.yaml': file('2020-01-01') });
    const result = await runScan(world.scanInput({ 'fail-on-severity': 'low', waivers: 'waivers.yaml' }));
    expect(result).toMatchObject({ exitCode: 1, results: { proof: { waivers: [{ findings: 0 }] } } });
    expect(warnings()).toContainEqual(expect.stringContaining('expired on 2020-01-01'));
  });

  it('never change what the platform says about its policy', async () => {
    await start({ scans: [{ findings: [{ cwe: 89, severity: 5 }], components: [] }] }, { 'waivers.yaml': file('2099-12-31').replace('209', '89') });
    expect(await runScan(world.scanInput({ waivers: 'waivers.yaml' }))).toMatchObject({ exitCode: 1, results: { gates: [{ id: 'policy', outcome: 'fail' }] } });
  });

  it('with faults are refused, all of them at once', async () => {
    await start(LOW, { 'waivers.yaml': 'version: 1\nwaivers:\n  - { cwe: 1, reason: "", expires: soon }' });
    const result = await runScan(world.scanInput({ waivers: 'waivers.yaml' }));
    expect(result.kind === 'unjudged' && result.failure.issues.map(({ path }) => path)).toEqual(['waivers[0]', 'waivers[0].reason', 'waivers[0].owner', 'waivers[0].expires']);
  });

  it('are read as UTF-8 or not at all', async () => {
    await start(LOW);
    await writeFile(join(world.cwd, 'waivers.yaml'), Buffer.from([0xff, 0xfe, 0x41]));
    expect(await runScan(world.scanInput({ waivers: 'waivers.yaml' }))).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'waivers', got: expect.stringContaining('UTF-8') }] } });
  });
});

describe("an organisation's policy", () => {
  it('judges where the repository says nothing, and stands in the proof', async () => {
    const text = 'version: 1\nfail-on-severity: low\n';
    await start(LOW, { 'org.yaml': text });
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml' }))).toMatchObject({
      exitCode: 1,
      results: { gates: [{ id: 'policy' }, { id: 'severity', outcome: 'fail' }], proof: { orgPolicy: { path: 'org.yaml', sha256: createHash('sha256').update(text).digest('hex') } } },
    });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('can be made stricter', async () => {
    await start(LOW, { 'org.yaml': 'version: 1\nfail-on-severity: high\n' });
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml', 'fail-on-severity': 'low' }))).toMatchObject({ exitCode: 1 });
  });

  it.each<[name: string, policy: string, options: GivenOptions, path: string, got: string]>([
    ['a higher severity', 'fail-on-severity: low', { 'fail-on-severity': 'high' }, 'failOnSeverity', 'High'],
    ['report only', '', { 'report-only': true }, 'reportOnly', 'true'],
    ['waivers', '', { waivers: 'waivers.yaml' }, 'waivers', 'the file waivers.yaml'],
    ['waivers for longer', 'waivers: allowed\nwaiver-max-days: 30', { waivers: 'waivers.yaml' }, 'waivers[0].expires', '2099-01-01'],
    ['an outage', 'on-outage: warn:1', { 'on-outage': 'warn:2', 'outage-owner': 'a', 'outage-reason': 'r' }, 'onOutage', 'warn:2'],
    ['skipping', '', { 'missing-credentials': 'skip' }, 'missingCredentials', 'skip'],
    ['fast polls', 'poll-interval: 300', { 'poll-interval': '200' }, 'pollInterval', '200 s'],
    ['findings in their grace period', '', { 'grace-period': 'expired' }, 'gracePeriod', 'expired'],
  ])('cannot be loosened: %s', async (_name, policy, options, path, got) => {
    await start(LOW, { 'org.yaml': `version: 1\n${policy}\n`, 'waivers.yaml': 'version: 1\nwaivers: [{ finding: 1, reason: r, owner: o, expires: 2099-01-01 }]' });
    const result = await runScan(world.scanInput({ 'org-policy': 'org.yaml', ...options }));
    expect(result).toMatchObject({ exitCode: 2 });
    expect(result.kind === 'unjudged' ? result.failure.issues : []).toContainEqual({ path, got: expect.stringContaining(got), wanted: expect.stringContaining("which the organisation's policy demands") });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('forbids to skip without credentials', async () => {
    await start(LOW, { 'org.yaml': 'version: 1\n' });
    const env = { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' };
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml', 'missing-credentials': 'skip' }, { env }))).toMatchObject({ exitCode: 2 });
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml' }, { env }))).toMatchObject({ exitCode: 3 });
  });

  it('slows polls down', async () => {
    await start(LOW, { 'org.yaml': 'version: 1\npoll-interval: 300\n' });
    const begun = world.clock.monotonicMs();
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml' }))).toMatchObject({ exitCode: 0 });
    expect(world.clock.monotonicMs() - begun).toBeGreaterThan(240_000);
  });

  it('may tell the run to report only', async () => {
    await start(LOW, { 'org.yaml': 'version: 1\nreport-only: true\nfail-on-severity: low' });
    expect(await runScan(world.scanInput({ 'org-policy': 'org.yaml' }))).toMatchObject({ exitCode: 0, results: { verdict: 'fail', reportOnly: true } });
  });
});

describe('an outage', () => {
  const OUTAGE = { faults: [{ operation: 'GET /appsec/v1/applications', kind: 'status:503', count: 'all' }] } satisfies Scenario;
  const TERMS: GivenOptions = { 'on-outage': 'warn:3', 'outage-owner': 'Ann', 'outage-reason': 'Releases must go on.' };
  const memory = (failingSince: string | null): string => JSON.stringify({ schemaVersion: 1, failingSince });
  const daysAgo = (days: number): string => new Date(world.clock.now() - days * 86_400_000).toISOString();
  const kept = async (): Promise<unknown> => JSON.parse(await readFile(join(world.cwd, '.verapipe', 'outage.json'), 'utf8'));

  async function startWith(text: string | null, scenario: Scenario = OUTAGE): Promise<void> {
    await start(scenario);
    await mkdir(join(world.cwd, '.verapipe'));
    if (text !== null) await writeFile(join(world.cwd, '.verapipe', 'outage.json'), text);
  }

  it('that was not agreed to is a failure', async () => {
    await startWith(memory(null));
    expect(await runScan(world.scanInput())).toMatchObject({ kind: 'unjudged', exitCode: 5, results: { outage: null } });
    expect(await kept()).toMatchObject({ failingSince: null });
  });

  it('is tolerated after a run that worked, with an audit line and without a verdict', async () => {
    await startWith(memory(null));
    const result = await runScan(world.scanInput(TERMS));
    expect(result).toMatchObject({
      kind: 'tolerated',
      exitCode: 0,
      failure: { code: 'service-failed' },
      outage: { days: 3, owner: 'Ann', reason: 'Releases must go on.' },
      results: { verdict: 'none', proof: null, gates: [], failure: { exitCode: 5 }, outage: { owner: 'Ann' } },
    });
    expect(warnings()).toContainEqual(expect.stringMatching(/^The platform's outage is tolerated until .+owner Ann; reason: Releases must go on\.\)\. Nothing was judged\.$/u));
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
    expect(await kept()).toEqual({ schemaVersion: 1, failingSince: result.kind === 'tolerated' ? result.outage.since : '' });
  });

  it('is counted from its first failure, and then is one', async () => {
    await startWith(null);
    const first = daysAgo(4);
    await writeFile(join(world.cwd, '.verapipe', 'outage.json'), memory(first));
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ kind: 'unjudged', exitCode: 5, results: { outage: null } });
    expect(warnings()).toContainEqual(expect.stringContaining(`not tolerated any more: it began ${first}`));
    expect(await kept()).toMatchObject({ failingSince: first });
  });

  it('in a clean workspace is a failure, until it is known when it began', async () => {
    await startWith(null);
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ exitCode: 5 });
    expect(warnings()).toContainEqual(expect.stringContaining('nothing is known of earlier runs'));
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ kind: 'tolerated', exitCode: 0 });
    await rm(join(world.cwd, '.verapipe'), { recursive: true });
    expect(await runScan(world.scanInput({ ...TERMS, 'outage-since': daysAgo(1) }))).toMatchObject({ kind: 'tolerated', exitCode: 0 });
    expect(await runScan(world.scanInput({ ...TERMS, 'outage-since': daysAgo(3.5) }))).toMatchObject({ kind: 'unjudged', exitCode: 5 });
  });

  it.each(['', '{"schemaVersion":2,"failingSince":null}', '{"schemaVersion":1}', '{"schemaVersion":1,"failingSince":"2026"}', 'null'])('with a memory of %j is a failure', async (text) => {
    await startWith(text);
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ kind: 'unjudged', exitCode: 5 });
    expect(warnings()).toContainEqual(expect.stringContaining('The outage is not tolerated'));
  });

  it.each<[name: string, scenario: Scenario, options: GivenOptions, exitCode: number]>([
    ['a finding', LOW, { 'fail-on-severity': 'low' }, 1],
    ['refused credentials', { accounts: [{ credentialsExpireInDays: -1 }] }, {}, 3],
    ['an absent profile', {}, { 'create-profile': null }, 4],
    ['a scan that fails', { scans: [{ scanOutcome: 'errors' }] }, {}, 6],
    ['a scan that does not end', ENDLESS, {}, 7],
  ])('is nothing like %s', async (_name, scenario, options, exitCode) => {
    await startWith(memory(null), scenario);
    expect(await runScan(world.scanInput({ ...TERMS, ...options }, world.late(scenario === ENDLESS ? 'scan' : null)))).toMatchObject({ exitCode, results: { outage: null } });
  });

  it('is over when a run works', async () => {
    await startWith(memory('2026-01-01T00:00:00.000Z'), LOW);
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ exitCode: 0, results: { verdict: 'pass' } });
    expect(await kept()).toEqual({ schemaVersion: 1, failingSince: null });
  });

  it('is not tolerated where the results that say so cannot be written', async () => {
    await startWith(memory(null));
    await mkdir(join(world.cwd, 'verapipe-results.json'));
    expect(await runScan(world.scanInput(TERMS))).toMatchObject({ kind: 'unjudged', exitCode: 9 });
  });
});
