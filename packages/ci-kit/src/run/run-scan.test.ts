import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runScan } from './run-scan.js';
import { runWait } from './run-wait.js';

let world: EmulatedRun;

afterEach(() => world.close());

async function start(scenario: Parameters<typeof startEmulatedRun>[0] = {}): Promise<void> {
  world = await startEmulatedRun(scenario);
}

/** A platform whose scans find nothing. */
const CLEAN = { scans: [{ findings: [], components: [] }] };

/** A signal that is given when an event of the wanted kind comes. */
function cancelAt(wanted: string): { readonly signal: AbortSignal; readonly onEvent: (event: { readonly type: string }) => void } {
  const cancel = new AbortController();
  return {
    signal: cancel.signal,
    onEvent: (event) => {
      if (event.type === wanted) cancel.abort('SIGTERM');
    },
  };
}

describe('a scan that is judged', () => {
  it('passes with proof, and leaves results, report and state', async () => {
    await start(CLEAN);
    const result = await runScan(world.scanInput());
    expect(result).toMatchObject({ kind: 'judged', exitCode: 0, results: { verdict: 'pass', failure: null } });
    const written = await world.readJson('verapipe-results.json');
    expect(schemaFaults(written)).toEqual([]);
    expect(written).toMatchObject({
      ci: null,
      platform: { url: world.emulator.url, region: 'global' },
      application: { name: 'Shop', created: true },
      artifacts: [{ path: 'shop.jar', name: 'shop.jar', sizeBytes: 19 }],
      proof: { modulesScanned: 1, counts: { read: 0, reported: 0 }, accountId: '10001', gates: [{ id: 'policy', outcome: 'pass' }] },
      findings: [],
    });
    expect(await readFile(join(world.cwd, 'veracode-detailed-report.xml'), 'utf8')).toContain('<detailedreport');
    expect(await world.readJson('.verapipe/scan.json')).toMatchObject({ schemaVersion: 1, step: 'results', progress: 'done' });
    expect(world.calls().filter((call) => call !== 'getbuildinfo.do')).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getfilelist.do',
      'detailedreport.do',
    ]);
  });

  it('says beforehand that the job may be killed before the run gives up', async () => {
    await start(CLEAN);
    await runScan(world.scanInput({ 'no-wait': true }, { env: { GITLAB_CI: 'true', CI_JOB_TIMEOUT: '3600' } }));
    expect(world.events).toContainEqual({ type: 'warning', message: expect.stringContaining('ends this job after 60 minutes, and the run may take 360') });
  });

  it('fails when the policy does, with the findings in the file and the worst ones at hand', async () => {
    await start();
    const result = await runScan(world.scanInput());
    expect(result).toMatchObject({ kind: 'judged', exitCode: 1, results: { verdict: 'fail' }, top: { open: expect.any(Number) } });
    const written = (await world.readJson('verapipe-results.json')) as { readonly findings: readonly unknown[]; readonly counts: { readonly total: number } };
    expect(schemaFaults(written)).toEqual([]);
    expect(written.findings).toHaveLength(written.counts.total);
    expect(written.findings.length).toBeGreaterThan(0);
  });

  it('fails nobody with --report-only, and changes nothing else', async () => {
    await start();
    const result = await runScan(world.scanInput({ 'report-only': true }));
    expect(result).toMatchObject({ kind: 'judged', exitCode: 0, results: { verdict: 'fail', reportOnly: true } });
  });

  it('in a sandbox is judged by the rules of the policy', async () => {
    await start(CLEAN);
    const result = await runScan(world.scanInput({ sandbox: 'feature', 'create-sandbox': true }));
    expect(result).toMatchObject({ exitCode: 0, results: { sandbox: { name: 'feature', created: true }, scan: { kind: 'sandbox' }, verdict: 'pass' } });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it.each([
    ['low', 1],
    ['very-high', 0],
  ])('is held to --fail-on-severity %s as well', async (severity, exitCode) => {
    await start({ scans: [{ findings: [{ cwe: 209, severity: 2 }], components: [] }] });
    const result = await runScan(world.scanInput({ 'fail-on-severity': severity }));
    expect(result).toMatchObject({ exitCode, results: { gates: [{ id: 'policy', outcome: 'pass' }, { id: 'severity' }] } });
  });

  it('in a CI names the scan after the job, so that a repeated attempt in an empty workspace finds it', async () => {
    await start(CLEAN);
    const env = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'web/shop', CI_PIPELINE_ID: '48211', CI_JOB_NAME: 'scan', CI_COMMIT_SHA: 'c0ffee' };
    const killed = await runScan(world.scanInput({}, { env, ...cancelAt('poll') }));
    expect(killed).toMatchObject({ exitCode: 130, results: { scan: { name: 'gitlab web/shop 48211 scan' } } });
    await rm(join(world.cwd, '.verapipe'), { recursive: true });
    const repeated = await runScan(world.scanInput({}, { env }));
    expect(repeated).toMatchObject({ exitCode: 0, results: { proof: { commit: 'c0ffee', ciRun: 'gitlab-ci web/shop 48211' } } });
    expect(world.calls().filter((call) => call === 'createbuild.do' || call === 'uploadlargefile.do')).toHaveLength(2);
  });
});

describe('a scan that goes on without the run', () => {
  it('is submitted, read back and not judged with --no-wait; wait judges it from the state file', async () => {
    await start(CLEAN);
    const submitted = await runScan(world.scanInput({ 'no-wait': true }));
    expect(submitted).toMatchObject({
      kind: 'submitted',
      exitCode: 0,
      results: { verdict: 'pending', proof: null, gates: [] },
      continuation: { command: `verapipe wait --state .verapipe/scan.json --platform-url ${world.emulator.url}` },
    });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
    expect(world.calls()).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getbuildinfo.do',
      'getfilelist.do',
    ]);

    await rm(join(world.cwd, 'shop.jar'));
    expect(await runWait(world.waitInput())).toMatchObject({ kind: 'judged', exitCode: 0, results: { verdict: 'pass', artifacts: [{ name: 'shop.jar' }] } });
    expect(world.calls().filter((call) => call === 'createbuild.do')).toHaveLength(1);
  });

  it('is left to itself at the deadline, with the command to attach', async () => {
    await start({ scans: [{ scanOutcome: 'never-ends' }] });
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'poll') world.clock.jump(61 * 60_000);
    };
    const result = await runScan(world.scanInput({ timeout: '60' }, { onEvent }));
    expect(result).toMatchObject({
      kind: 'unjudged',
      exitCode: 7,
      continuation: { command: expect.stringContaining('verapipe wait --state .verapipe/scan.json') },
      results: { verdict: 'none', failure: { exitCode: 7 }, scan: { kind: 'policy' }, artifacts: [{ name: 'shop.jar' }] },
    });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('is left alone when the run is cancelled, and --resume goes on with it', async () => {
    await start(CLEAN);
    const cancelled = await runScan(world.scanInput({}, cancelAt('poll')));
    expect(cancelled).toMatchObject({ exitCode: 130, failure: { code: 'cancelled' }, continuation: { command: expect.stringContaining('verapipe wait') } });
    expect(await runScan(world.scanInput({ resume: true }))).toMatchObject({ exitCode: 0, results: { verdict: 'pass' } });
    expect(world.emulator.snapshot().applications[0]?.builds).toHaveLength(1);
    expect(world.calls().filter((call) => call === 'uploadlargefile.do')).toHaveLength(1);
  });

  it('is deleted on cancel where that was asked for', async () => {
    await start({ scans: [{ scanOutcome: 'never-ends' }] });
    const cancelled = await runScan(world.scanInput({ 'on-cancel': 'delete' }, cancelAt('poll')));
    expect(cancelled).toMatchObject({ exitCode: 130, continuation: null });
    expect(world.emulator.snapshot().applications[0]?.builds).toMatchObject([{ deleted: true }]);
  });

  it('that stopped before the upload was done needs the files again', async () => {
    await start(CLEAN);
    const cancelled = await runScan(world.scanInput({}, cancelAt('build')));
    expect(cancelled).toMatchObject({ exitCode: 130, continuation: { command: 'the same command, with --resume' } });
    expect(await runWait(world.waitInput())).toMatchObject({ exitCode: 4, failure: { code: 'nothing-to-wait-for' } });
    expect(await runScan(world.scanInput({ resume: true }))).toMatchObject({ exitCode: 0 });
    expect(world.emulator.snapshot().applications[0]?.builds).toHaveLength(1);
  });
});

describe('a state file', () => {
  it('of a finished scan of other bytes is no reason to be green', async () => {
    await start(CLEAN);
    expect(await runScan(world.scanInput())).toMatchObject({ exitCode: 0 });
    await writeFile(join(world.cwd, 'shop.jar'), 'other content');
    const result = await runScan(world.scanInput({ resume: true }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 4, results: { verdict: 'none' } });
  });

  it.each<[name: string, options: GivenOptions, got: string]>([
    ['of another profile', { resume: true, app: 'Till' }, 'a state of the profile "Shop"'],
    ['of a policy scan', { resume: true, sandbox: 'feature' }, 'a state of a policy scan'],
  ])('%s is refused', async (_name, options, got) => {
    await start(CLEAN);
    await runScan(world.scanInput({ 'no-wait': true }));
    const before = world.calls().length;
    const result = await runScan(world.scanInput(options));
    expect(result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'resume', got }] } });
    expect(world.calls()).toHaveLength(before);
  });

  it('of an earlier run of the job, as persistent workspaces keep it, is left alone', async () => {
    await start(CLEAN);
    const env = (run: string): Record<string, string> => ({ JENKINS_URL: 'https://jenkins.example', JOB_NAME: 'shop', BUILD_NUMBER: run });
    await runScan(world.scanInput({}, { env: env('41') }));
    const result = await runScan(world.scanInput({ resume: true }, { env: env('42') }));
    expect(result).toMatchObject({ exitCode: 0, results: { scan: { name: 'jenkins shop 42' } } });
    expect(world.events).toContainEqual({ type: 'notice', message: expect.stringContaining('is of another run') });
  });

  it.each([
    ['absent', null, 'does not exist'],
    ['cut', '{"schemaVersion":1,', 'something else'],
    ['newer', '{"schemaVersion":2}', 'a state of version 2'],
  ])('that is %s is a fault of wait', async (_name, content, got) => {
    await start();
    if (content !== null) await writeFile(join(world.cwd, 'scan.json'), content);
    const result = await runWait(world.waitInput({ state: 'scan.json' }));
    expect(result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'state', got: expect.stringContaining(got) }] } });
  });

  it('of another platform is refused', async () => {
    await start(CLEAN);
    await runScan(world.scanInput({ 'no-wait': true }));
    const result = await runWait(world.waitInput({ 'platform-url': world.emulator.url.replace('127.0.0.1', 'localhost') }));
    expect(result).toMatchObject({ exitCode: 4, failure: { code: 'other-platform' } });
  });
});

describe('a run that comes to no judgement', () => {
  it('lists every fault of the input at once and sends nothing', async () => {
    await start();
    const options = { app: null, file: ['none*.jar', 'shop.jar'], 'scan-name': '{rnu}', tiemout: '5', 'poll-interval': '10', 'platform-url': 'https://example.com' };
    const result = await runScan(world.scanInput(options));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 2, continuation: null, results: { verdict: 'none', failure: { exitCode: 2, code: 'invalid-input' } } });
    const issues = result.kind === 'unjudged' ? result.failure.issues : [];
    expect(issues.map(({ path }) => path).sort()).toEqual(['app', 'file[0]', 'pollInterval', 'scanName', 'tiemout']);
    expect(world.emulator.journal()).toEqual([]);
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it.each([
    ['no credentials', { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' }, 'no-credentials'],
    ['half a pair', { VERACODE_API_KEY_SECRET: '' }, 'incomplete-environment'],
    ['a reference that the CI left alone', { VERACODE_API_KEY_SECRET: '$(KEY)' }, 'unexpanded-variable'],
  ])('for %s ends with 3', async (_name, env, code) => {
    await start();
    const result = await runScan(world.scanInput({}, { env }));
    expect(result).toMatchObject({ exitCode: 3, failure: { code, issues: [] }, results: { failure: { exitCode: 3 } } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it.each([
    ['no credentials', { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' }, 8],
    ['credentials that are wrong', { VERACODE_API_KEY_SECRET: 'wrong' }, 3],
  ])('with --missing-credentials skip and %s', async (_name, env, exitCode) => {
    await start();
    const result = await runScan(world.scanInput({ 'missing-credentials': 'skip' }, { env }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode, results: { verdict: 'none' } });
  });

  it.each<[name: string, scenario: Parameters<typeof startEmulatedRun>[0], options: GivenOptions, exitCode: number, code: string]>([
    ['the profile does not exist', {}, { 'create-profile': null }, 4, 'name-not-found'],
    ['another scan is in the way', { applications: [{ name: 'Shop', builds: [{ name: 'x', status: 'Scan In Process' }] }] }, {}, 4, 'build-in-the-way'],
    ['the platform fails', { faults: [{ operation: 'GET /appsec/v1/applications', kind: 'status:503', count: 'all' }] }, {}, 5, 'service-failed'],
    ['the scan fails', { scans: [{ scanOutcome: 'errors' }] }, {}, 6, 'scan-errors'],
    ['the credentials have ended', { accounts: [{ credentialsExpireInDays: -1 }] }, {}, 3, 'credentials-refused'],
  ])('because %s', async (_name, scenario, options, exitCode, code) => {
    await start(scenario);
    const result = await runScan(world.scanInput(options));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode, failure: { code }, results: { verdict: 'none', failure: { exitCode, code } } });
    expect(schemaFaults(await world.readJson('verapipe-results.json'))).toEqual([]);
  });

  it('finds out that it cannot write before anything is sent', async () => {
    await start();
    const result = await runScan(world.scanInput({ 'output-dir': 'shop.jar/results' }));
    expect(result).toMatchObject({ exitCode: 9, failure: { code: 'not-writable' }, files: { results: null } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('is not green when its results cannot be written in the end', async () => {
    await start(CLEAN);
    const file = join(world.cwd, 'verapipe-results.json');
    let blocked: Promise<unknown> | undefined;
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'poll') blocked ??= mkdir(join(file, 'in the way'), { recursive: true });
    };
    const result = await runScan(world.scanInput({}, { onEvent }));
    await blocked;
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 9 });
  });

  it('does not say that a scan goes on which has failed and was kept', async () => {
    await start({ scans: [{ scanOutcome: 'errors' }] });
    const result = await runScan(world.scanInput({ keep: true }));
    expect(result).toMatchObject({ exitCode: 6, continuation: null, results: { scan: { kind: 'policy' } } });
    expect(world.emulator.snapshot().applications[0]?.builds).toMatchObject([{ deleted: false }]);
  });

  it('removes the verdict of an earlier run', async () => {
    await start(CLEAN);
    await runScan(world.scanInput());
    await runScan(world.scanInput({ app: 'Till', 'create-profile': null }));
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', failure: { exitCode: 4 } });
    expect(existsSync(join(world.cwd, 'veracode-detailed-report.xml'))).toBe(false);
  });

  it('refuses a proxy password among the arguments, and does not repeat it', async () => {
    await start();
    const result = await runScan(world.scanInput({ proxy: 'http://me:hunter22@proxy.example:3128' }));
    expect(result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'proxy', got: 'a URL with a password' }] } });
    expect(JSON.stringify(result)).not.toContain('hunter22');
  });
});

describe('the end of the credentials', () => {
  it.each([
    [365, []],
    [20, [{ type: 'expiry', loud: false, message: expect.stringMatching(/end in (19|20) days/) }]],
    [3, [{ type: 'expiry', loud: true, message: expect.stringMatching(/end in [23] days/) }]],
  ])('in %p days is said once', async (days, wanted) => {
    await start({ ...CLEAN, accounts: [{ credentialsExpireInDays: days }] });
    await runScan(world.scanInput({ 'no-wait': true }));
    expect(world.events.filter(({ type }) => type === 'expiry')).toEqual(wanted);
    expect(world.emulator.journal().filter(({ operation }) => operation.endsWith('/api_credentials'))).toHaveLength(1);
  });

  it('that cannot be read fails nobody', async () => {
    await start({ ...CLEAN, faults: [{ operation: 'GET /api/authn/v2/api_credentials', kind: 'html-200' }] });
    expect(await runScan(world.scanInput({ 'no-wait': true }))).toMatchObject({ exitCode: 0 });
  });
});
