import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runPipelineScan } from '../run/run-pipeline-scan.js';
import type { PipelineRunResult } from '../run/run-result.js';
import { runGate } from '../tasks/gate.js';

type Scenario = NonNullable<Parameters<typeof startEmulatedRun>[0]>;
type Findings = NonNullable<NonNullable<Scenario['scans']>[number]['findings']>;
type Status = 'proposed' | 'accepted' | 'rejected';

let world: EmulatedRun;
afterEach(() => world.close());

const SQL = { cwe: 89, severity: 4, file: 'src/Orders.java', line: 30, function: 'void find(java.lang.String)' } as const;
const LOG = { cwe: 117, severity: 3, file: 'src/Login.java', line: 9, function: 'void login(java.lang.String)' } as const;
const MITIGATED = { 'apply-mitigations': true, app: 'Shop' } as const;

function decided<F extends object>(finding: F, status: Status): F & { readonly mitigation: { readonly status: Status; readonly by: string } } {
  return { ...finding, mitigation: { status, by: 'ann' } };
}

/** A profile with one policy scan, and pipeline scans beside it. */
function scenario(policy: Findings, pipeline: Findings, more: Scenario = {}): Scenario {
  return {
    settings: { reportHashes: true },
    applications: [{ name: 'Shop', builds: [{ name: 'release', files: ['shop.jar'] }] }],
    scans: [{ findings: policy, components: [] }],
    pipelineScans: [{ findings: pipeline, modules: ['{file}'] }],
    ...more,
  };
}

async function scan(given: Scenario, options: GivenOptions = MITIGATED): Promise<PipelineRunResult> {
  world = await startEmulatedRun(given);
  return runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...options }));
}

/** What was said, but for what the lint says of a file that is a text, and no archive. */
function told(type: 'notice' | 'warning'): readonly string[] {
  return world.events.flatMap((event) => (event.type === type && !event.message.endsWith('[unreadable-archive]') ? [event.message] : []));
}

async function mitigationsOfFile(): Promise<unknown> {
  const results = await world.readJson('verapipe-results.json');
  expect(schemaFaults(results)).toEqual([]);
  return (results as { readonly proof: { readonly mitigations: unknown } }).proof.mitigations;
}

const NONE = { withoutHashes: 0, unmatched: 0, ambiguous: 0 };

describe('applied mitigations', () => {
  it('take a finding with equal hashes out of the gates, and are listed with their approver', async () => {
    const result = await scan(scenario([decided({ ...LOG, line: 700 }, 'accepted'), SQL], [LOG]));
    expect(result).toMatchObject({ kind: 'judged-pipeline', exitCode: 0, verdict: { verdict: 'pass' }, scan: { tally: { total: 1, mitigated: 1 } } });
    expect(result.results.gates[0]?.sentence).toContain('not counted: 1 mitigated');
    const id = result.kind === 'judged-pipeline' ? result.scan.findings[0]?.id : undefined;
    const report = await readFile(join(world.cwd, 'veracode-policy-report.xml'));
    const [build] = world.emulator.snapshot().applications[0]?.builds ?? [];
    expect(await mitigationsOfFile()).toEqual({
      application: 'Shop',
      buildId: build?.id,
      report: { path: 'veracode-policy-report.xml', sha256: createHash('sha256').update(report).digest('hex') },
      accepted: 1,
      ...NONE,
      applied: [{ finding: id, policyFlaw: '1', reason: 'Mitigate by Design', approver: 'ann' }],
    });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ findings: [{ id, mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'ann' } }] });
    expect(await world.readJson('filtered_results.json')).toMatchObject({ findings: [] });
    expect(told('notice')).toEqual([
      `Mitigated: finding ${id} (CWE 117, src/Login.java:9) is policy flaw 1: Mitigate by Design, approved by ann.`,
      `1 of 1 accepted mitigations of "Shop" (policy scan ${build?.id}) applied.`,
    ]);
    expect(told('warning')).toEqual([]);
  });

  it('cost three calls before the scan', async () => {
    await scan(scenario([], []));
    expect(world.calls().slice(0, 4)).toEqual([
      'GET /appsec/v1/applications',
      'GET /appsec/v2/applications/{guid}/summary_report',
      'detailedreport.do',
      'POST /pipeline_scan/v1/scans',
    ]);
  });

  it('leave what is open open, and in the filtered results', async () => {
    const result = await scan(scenario([decided(LOG, 'accepted'), SQL], [LOG, SQL]));
    expect(result).toMatchObject({ exitCode: 1, scan: { tally: { mitigated: 1 } } });
    expect(await world.readJson('filtered_results.json')).toMatchObject({ findings: [{ cwe_id: '89' }] });
  });

  const PROFILE_ONLY: Scenario = { applications: [{ name: 'Shop' }] };
  const IN_SANDBOX: Scenario = { applications: [{ name: 'Shop', sandboxes: [{ name: 'dev', builds: [{ name: 'trial', files: ['shop.jar'] }] }] }] };
  const UNFINISHED: Scenario = { applications: [{ name: 'Shop', builds: [{ name: 'release', status: 'Scan In Process' }] }] };

  it.each<[name: string, given: Scenario, facts: object, why: string]>([
    ['the report carries no hashes', scenario([decided(LOG, 'accepted')], [LOG], { settings: {} }), { accepted: 1, ...NONE, withoutHashes: 1 }, 'the report carries no hashes for 1'],
    ['another function has the flaw', scenario([decided({ ...LOG, function: 'void other()' }, 'accepted')], [LOG]), { accepted: 1, ...NONE, unmatched: 1 }, 'no finding of this scan has the hashes of 1'],
    ['another file has the flaw', scenario([decided({ ...LOG, file: 'src/Other.java' }, 'accepted')], [LOG]), { accepted: 1, ...NONE, unmatched: 1 }, 'no finding of this scan'],
    ['two findings have equal hashes', scenario([decided(LOG, 'accepted')], [LOG, { ...LOG, line: 12 }]), { accepted: 1, ...NONE, ambiguous: 1 }, '1 is ambiguous'],
    ['an open flaw has equal hashes', scenario([decided(LOG, 'accepted'), { ...LOG, line: 12 }], [LOG]), { accepted: 1, ...NONE, ambiguous: 1 }, '1 is ambiguous'],
    ['two mitigated flaws have equal hashes', scenario([decided(LOG, 'accepted'), decided({ ...LOG, line: 12 }, 'accepted')], [LOG]), { accepted: 2, ...NONE, ambiguous: 2 }, '2 are ambiguous'],
    ['the mitigation is only proposed', scenario([decided(LOG, 'proposed')], [LOG]), { accepted: 0, ...NONE }, 'it has none on a static flaw that is not fixed'],
    ['the mitigation was rejected', scenario([decided(LOG, 'rejected')], [LOG]), { accepted: 0, ...NONE }, 'it has none'],
    ['the flaw was fixed', scenario([{ ...decided(LOG, 'accepted'), remediationStatus: 'Fixed' }], [LOG]), { accepted: 0, ...NONE }, 'it has none'],
    ['the engine has no hashes for the language', scenario([decided({ ...LOG, file: 'login.py' }, 'accepted')], [{ ...LOG, file: 'login.py' }]), { accepted: 1, ...NONE, withoutHashes: 1 }, 'the report carries no hashes for 1'],
    ['there is no policy scan', scenario([], [LOG], PROFILE_ONLY), { buildId: null, report: null, accepted: 0, ...NONE }, 'no published policy scan'],
    ['only a sandbox was scanned', scenario([decided(LOG, 'accepted')], [LOG], IN_SANDBOX), { buildId: null, accepted: 0, ...NONE }, 'no published policy scan'],
    ['the policy scan is not published', scenario([decided(LOG, 'accepted')], [LOG], UNFINISHED), { buildId: null, accepted: 0, ...NONE }, 'no published policy scan'],
  ])('are none where %s: the finding stays open, and a warning says why', async (_name, given, facts, why) => {
    const result = await scan(given);
    expect(result).toMatchObject({ kind: 'judged-pipeline', exitCode: 1, scan: { tally: { mitigated: 0 } } });
    expect(await mitigationsOfFile()).toMatchObject({ application: 'Shop', ...facts, applied: [] });
    expect(told('warning')).toEqual([expect.stringMatching(/^0 of \d accepted mitigations of "Shop" /u)]);
    expect(told('warning')[0]).toContain(why);
  });

  it('are told in one sentence where they differ', async () => {
    const elsewhere = { ...SQL, function: 'void gone()' };
    const result = await scan(scenario([decided(LOG, 'accepted'), decided(elsewhere, 'accepted'), decided({ ...SQL, file: 'x.py' }, 'accepted')], [LOG, SQL]));
    expect(result).toMatchObject({ exitCode: 1, scan: { tally: { mitigated: 1 } } });
    expect(told('notice').at(-1)).toMatch(/^1 of 3 accepted mitigations of "Shop" \(policy scan \d+\) applied: the report carries no hashes for 1, no finding of this scan has the hashes of 1\.$/u);
  });

  it('are not looked for unless that is said', async () => {
    expect(await scan(scenario([decided(LOG, 'accepted')], [LOG]), { app: null })).toMatchObject({ exitCode: 1 });
    expect(await mitigationsOfFile()).toBeNull();
    expect(world.calls()[0]).toBe('POST /pipeline_scan/v1/scans');
  });
});

describe('mitigations that cannot be read', () => {
  it.each<[name: string, given: Scenario, options: GivenOptions, exitCode: number, code: string]>([
    ['a profile that does not exist', {}, { app: 'Shpo' }, 4, 'name-not-found'],
    ['an account that may only submit', { accounts: [{ roles: ['submitterapi', 'noteamrestrictionapi'] }] }, {}, 3, 'access-denied'],
    ['an account that may not read results', { accounts: [{ roles: ['uploadapi', 'noteamrestrictionapi'] }] }, {}, 3, 'access-denied'],
    ['a report that is cut', { faults: [{ operation: 'detailedreport.do', kind: 'cut-body', count: 'all' }] }, {}, 5, 'connection-lost'],
    ['a report that is none', { faults: [{ operation: 'detailedreport.do', kind: 'wrong-root', count: 'all' }] }, {}, 5, 'unexpected-document'],
    ['a summary that is lost', { faults: [{ operation: 'GET /appsec/v2/applications/{guid}/summary_report', kind: 'bad-json', count: 'all' }] }, {}, 5, 'not-json'],
  ])('%s: the run ends before anything is scanned', async (_name, more, options, exitCode, code) => {
    const result = await scan(scenario([decided(LOG, 'accepted')], [LOG], more), { ...MITIGATED, ...options });
    expect({ kind: result.kind, exitCode: result.exitCode, code: 'failure' in result ? result.failure.code : null }).toEqual({ kind: 'unjudged', exitCode, code });
    expect(world.emulator.snapshot().pipelineScans).toEqual([]);
    expect(await readdir(world.cwd)).not.toContain('veracode-policy-report.xml');
  });

  it.each<[options: GivenOptions, env: Readonly<Record<string, string>>, paths: readonly string[]]>([
    [{ 'apply-mitigations': true }, {}, ['app']],
    [{ 'apply-mitigations': true, app: ' ' }, {}, ['app']],
    [{ app: 'Shop' }, {}, ['app']],
    [{ 'apply-mitigations': 'hash', app: 'Shop', timeout: '90' }, {}, ['applyMitigations', 'app', 'timeout']],
  ])('%j: a fault of the input, and nothing is sent', async (options, env, paths) => {
    world = await startEmulatedRun(scenario([], [LOG]));
    const result = await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...options }, { env }));
    expect(result).toMatchObject({ exitCode: 2, failure: { issues: expect.arrayContaining(paths.map((path) => expect.objectContaining({ path }))) } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('a variable that names the profile for other commands is no fault', async () => {
    world = await startEmulatedRun(scenario([decided(LOG, 'accepted')], [LOG]));
    const env = { VERAPIPE_APP: 'Shop' };
    expect(await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }, { env }))).toMatchObject({ kind: 'judged-pipeline', exitCode: 1 });
    expect(await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', 'apply-mitigations': true }, { env }))).toMatchObject({ kind: 'judged-pipeline', exitCode: 0 });
  });
});

describe("an organisation's floor", () => {
  const FORBIDDEN = 'version: 1\n';
  const ALLOWED = 'version: 1\napply-mitigations: true\n';

  async function scanUnder(floor: string, options: GivenOptions): Promise<PipelineRunResult> {
    world = await startEmulatedRun(scenario([decided(LOG, 'accepted')], [LOG]));
    await writeFile(join(world.cwd, 'org.yaml'), floor);
    return runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', 'org-policy': 'org.yaml', ...options }));
  }

  it('forbids them unless it says otherwise', async () => {
    expect(await scanUnder(FORBIDDEN, MITIGATED)).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'applyMitigations', got: 'true' }] } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('can allow them, and asks for none by itself', async () => {
    expect(await scanUnder(ALLOWED, MITIGATED)).toMatchObject({ exitCode: 0 });
    expect(await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', 'org-policy': 'org.yaml' }))).toMatchObject({ exitCode: 1 });
  });

  it('holds when the results are judged again', async () => {
    await scanUnder(ALLOWED, MITIGATED);
    await writeFile(join(world.cwd, 'strict.yaml'), FORBIDDEN);
    expect(await runGate(world.taskInput('gate', { 'platform-url': null, 'org-policy': 'strict.yaml' }))).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'from' }] } });
    expect(await runGate(world.taskInput('gate', { 'platform-url': null, 'org-policy': 'org.yaml', json: true }))).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(world.printed())).toMatchObject({ mitigations: { accepted: 1, applied: [{ policyFlaw: '1' }] } });
    expect(told('notice').at(-1)).toMatch(/^1 of 1 accepted mitigations/u);
  });
});
