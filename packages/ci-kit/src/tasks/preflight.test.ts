import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createUndiciHttpClient, type HttpClient } from '@verapipe/core';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { CHECK_IDS, type CheckId, type CheckOutcome } from '../preflight/check.js';
import type { PreflightReport } from '../preflight/render-preflight.js';
import { runScan } from '../run/run-scan.js';
import type { TaskResult } from '../run/task-result.js';
import { type PreflightInput, runPreflight } from './preflight.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];
type NamedBuild = NonNullable<NonNullable<NonNullable<Scenario>['applications']>[number]['builds']>[number];

let world: EmulatedRun;

afterEach(() => world.close());

const SHOP: Scenario = { applications: [{ name: 'Shop', sandboxes: [{ name: 'dev' }], builds: [{ name: 'release 1' }] }], policies: [{ name: 'Strict' }] };

/** One job of a pipeline. */
const JOB = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'web/shop', CI_PIPELINE_ID: '48211', CI_JOB_NAME: 'scan' };

function run(options: GivenOptions = {}, more: Partial<PreflightInput> = {}): Promise<TaskResult> {
  const env = { VERACODE_API_KEY_ID: world.emulator.apiId, VERACODE_API_KEY_SECRET: world.emulator.apiKey, ...more.env };
  return runPreflight({ freeBytes: () => Promise.resolve(1024 ** 3), ...world.taskInput('preflight', { app: 'Shop', ...options }, { ...more, env }) });
}

async function report(options: GivenOptions = {}, more: Partial<PreflightInput> = {}): Promise<PreflightReport & { readonly exitCode: number }> {
  const { exitCode } = await run({ json: true, ...options }, more);
  const parsed = JSON.parse(world.printed()) as PreflightReport;
  expect(schemaFaults(parsed, 'preflight')).toEqual([]);
  return { ...parsed, exitCode };
}

function outcomes({ checks }: PreflightReport, wanted: CheckOutcome): readonly CheckId[] {
  return checks.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
}

function live(): readonly string[] {
  return (world.emulator.snapshot().applications[0]?.sandboxes ?? []).filter(({ deleted }) => !deleted).map(({ name }) => name);
}

describe('preflight', () => {
  it('makes every check, in their order, and passes where nothing failed', async () => {
    world = await startEmulatedRun(SHOP);
    await writeFile(join(world.cwd, 'org.yml'), 'version: 1\nfail-on-severity: high\n');
    const made = await report({ sandbox: 'dev', policy: 'Strict', file: 'shop.jar', 'org-policy': 'org.yml', 'job-timeout': '400', 'status-url': world.emulator.url });
    expect(made).toMatchObject({ exitCode: 0, verdict: 'pass', for: 'scan', platform: { url: world.emulator.url, region: null }, counts: { failure: 0, warning: 1 } });
    // The file of these tests is a text, and no archive.
    expect(outcomes(made, 'warning')).toEqual(['artifact-lint']);
    expect(made.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
    expect(outcomes(made, 'skipped')).toEqual(['proxy', 'masking', 'write', 'conformance']);
  });

  it('asks for each fact once, and changes nothing', async () => {
    world = await startEmulatedRun(SHOP);
    const before = JSON.stringify(world.emulator.snapshot().applications);
    await run({ sandbox: 'dev', policy: 'Strict', file: 'shop.jar', 'status-url': world.emulator.url });
    expect(world.emulator.journal().map(({ operation, account }) => `${operation}${account === null ? ' (unsigned)' : ''}`)).toEqual([
      'GET /healthcheck/status (unsigned)',
      'GET /healthcheck/status',
      'GET /api/v2/summary.json (unsigned)',
      'GET /api/authn/v2/api_credentials',
      'GET /api/authn/v2/users/self',
      'GET /appsec/v1/applications',
      'GET /appsec/v1/applications/{guid}/sandboxes',
      'GET /appsec/v1/policies',
      'getbuildinfo.do',
    ]);
    expect(JSON.stringify(world.emulator.snapshot().applications)).toBe(before);
    expect(await readdir(world.cwd)).toEqual(['shop.jar']);
  });

  it('shows one line for each check to people, with advice where something is not ok', async () => {
    world = await startEmulatedRun({ ...SHOP, accounts: [{ kind: 'person', userName: 'ann\u001b[31m', roles: ['extseclead'] }] });
    expect(await run()).toEqual({ kind: 'done', exitCode: 0 });
    const lines = world.printed().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^ok {7}Roles: the account has extseclead: enough for scan$/u));
    expect(lines).toContainEqual(expect.stringMatching(/^WARNING {2}Account: .*is a person's account/u));
    expect(lines).toContainEqual('         Use an API service account with the smallest roles.');
    expect(lines).toContainEqual(expect.stringMatching(/^skipped {2}Policy: no --policy is given$/u));
    expect(lines.at(-2)).toMatch(/^Preflight for scan: nothing failed \(\d+ ok, 1 to know, 0 failed, \d+ skipped\)\.$/u);
    expect(world.printed()).not.toContain('\u001b');
  });

  it('says what is missing for a sandbox without an application', async () => {
    world = await startEmulatedRun(SHOP);
    await runPreflight({ freeBytes: () => Promise.resolve(1024 ** 3), ...world.taskInput('preflight', { sandbox: 'dev', json: true }) });
    expect((JSON.parse(world.printed()) as PreflightReport).checks.find(({ id }) => id === 'sandbox')).toMatchObject({ outcome: 'skipped', line: 'no --app is given' });
  });

  it('skips what a failed check leaves nothing of, and says for which', async () => {
    world = await startEmulatedRun(SHOP);
    const made = await report({}, { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } });
    expect(made).toMatchObject({ exitCode: 1, verdict: 'fail' });
    expect(outcomes(made, 'failure')).toEqual(['credentials']);
    for (const id of ['region', 'health', 'access', 'roles', 'application', 'latest-build'] as const) {
      expect(made.checks.find((check) => check.id === id)).toMatchObject({ outcome: 'skipped', line: '"Credentials" failed' });
    }
    expect(made.checks.find(({ id }) => id === 'tls')).toMatchObject({ outcome: 'ok' });
  });

  it.each<[purpose: string, roles: readonly ('uploadapi' | 'resultsapi' | 'submitterapi' | 'apisubmitstaticscan')[], needless: readonly CheckId[]]>([
    ['pipeline-scan', ['submitterapi', 'apisubmitstaticscan', 'resultsapi'], ['teams', 'sandbox', 'sandboxes-left', 'latest-build', 'write']],
    ['findings', ['resultsapi'], ['sandboxes-left', 'policy', 'latest-build', 'artifacts', 'artifact-lint', 'org-policy', 'time-limit', 'write']],
    ['sandbox', ['uploadapi'], ['policy', 'latest-build', 'artifacts', 'artifact-lint', 'org-policy', 'outputs', 'disk', 'time-limit']],
    ['credentials', [], ['teams', 'application', 'sandbox', 'sandboxes-left', 'policy', 'latest-build', 'artifacts', 'artifact-lint', 'org-policy', 'outputs', 'disk', 'time-limit', 'write']],
  ])('looks at what %s needs', async (purpose, roles, needless) => {
    world = await startEmulatedRun({ ...SHOP, teams: ['Default Team'], applications: [{ name: 'Shop', teams: ['Default Team'] }], accounts: [{ roles: [...roles], teams: ['Default Team'] }] });
    const made = await report({ for: purpose });
    expect(made).toMatchObject({ exitCode: 0, for: purpose });
    expect(made.checks.filter(({ line }) => line === `not needed for ${purpose}`).map(({ id }) => id)).toEqual(needless);
  });

  it('uses the time limit of the command that is to run', async () => {
    world = await startEmulatedRun(SHOP);
    expect((await report({ for: 'pipeline-scan', 'job-timeout': '90' })).checks.find(({ id }) => id === 'time-limit')).toMatchObject({ outcome: 'ok', line: expect.stringContaining('the run 60') });
  });

  it('lets a run make what is not there yet', async () => {
    world = await startEmulatedRun({ applications: [{ name: 'Web shop' }] });
    const made = await report({ app: 'Shop', 'create-profile': true, sandbox: 'dev', 'create-sandbox': true });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.checks.find(({ id }) => id === 'application')).toMatchObject({ outcome: 'ok', line: '"Shop" is not there yet and will be created' });
    expect(made.checks.find(({ id }) => id === 'latest-build')).toMatchObject({ outcome: 'skipped', line: 'there is no profile yet to look into' });
  });

  it.each<[name: string, options: GivenOptions, outcome: CheckOutcome]>([
    ['another case', { app: 'shop' }, 'warning'],
    ['a new name that is near', { app: 'Shopp', 'create-profile': true }, 'warning'],
    ['a name that is not there', { app: 'Shopp' }, 'failure'],
  ])('tells of an application by %s', async (_name, options, outcome) => {
    world = await startEmulatedRun(SHOP);
    expect((await report(options)).checks.find(({ id }) => id === 'application')).toMatchObject({ outcome });
  });

  it.each<[name: string, options: GivenOptions, outcome: CheckOutcome]>([
    ['nothing', {}, 'failure'],
    ['--wait-turn', { 'wait-turn': true }, 'warning'],
    ['--delete-incomplete any', { 'delete-incomplete': 'any' }, 'warning'],
    ['--delete-incomplete not-running, which does not reach it', { 'delete-incomplete': 'not-running' }, 'failure'],
  ])('knows what a run would do about a scan in the way: %s', async (_name, options, outcome) => {
    world = await startEmulatedRun({ applications: [{ name: 'Shop', builds: [{ name: 'nightly', status: 'Scan In Process', endsInMinutes: 100_000 }] }] });
    expect((await report(options)).checks.find(({ id }) => id === 'latest-build')).toMatchObject({ outcome });
  });

  it('tells the age of a sandbox whose scan is in the way, from what it has read already', async () => {
    world = await startEmulatedRun({ applications: [{ name: 'Shop', sandboxes: [{ name: 'dev', builds: [{ name: 'nightly', status: 'Scan In Process', endsInMinutes: 100_000 }] }] }] });
    const { checks } = await report({ sandbox: 'dev' });
    expect(checks.find(({ id }) => id === 'latest-build')).toMatchObject({ outcome: 'failure', line: expect.stringMatching(/, in a sandbox that was last changed \d+ \w+ ago \(\S+Z\), is in the way/u) });
    expect(world.calls().filter((call) => /sandboxes$|^GET \/appsec\/v1\/applications$/u.test(call))).toHaveLength(2);
  });

  it('is not stopped by the scan that an earlier attempt of the same job left', async () => {
    world = await startEmulatedRun({ scans: [{ scanSeconds: 6_000_000 }] });
    expect(await runScan(world.scanInput({ 'no-wait': true }, { env: JOB }))).toMatchObject({ exitCode: 0 });
    const retried = await report({ file: 'shop.jar' }, { env: { ...JOB, CI_JOB_ID: '2' } });
    expect(retried.checks.find(({ id }) => id === 'latest-build')).toMatchObject({ outcome: 'ok', line: expect.stringMatching(/^scan "gitlab web\/shop 48211 scan" \(build \d+, status ".+"\) is this run's own, of an earlier attempt: the run goes on with it/u) });
    expect(retried).toMatchObject({ exitCode: 0 });
    expect(await runScan(world.scanInput({ 'no-wait': true }, { env: JOB }))).toMatchObject({ exitCode: 0, results: { scan: { name: 'gitlab web/shop 48211 scan' } } });
    expect(world.calls().filter((call) => call === 'createbuild.do')).toHaveLength(1);
  });

  it.each<[name: string, build: NamedBuild, options: GivenOptions, outcome: CheckOutcome, told: RegExp]>([
    ['its own by a suffix', { name: 'gitlab web/shop 48211 scan (2)', status: 'Incomplete' }, {}, 'ok', /the run goes on with it/u],
    ['its own by --scan-name', { name: 'nightly 48211', status: 'Incomplete' }, { 'scan-name': 'nightly {number}' }, 'ok', /the run goes on with it/u],
    ['its own, which has failed', { name: 'gitlab web/shop 48211 scan', status: 'Pre-Scan Failed' }, {}, 'ok', /the run deletes it and makes a new one/u],
    ['of an earlier run of its job, which has failed', { name: 'gitlab web/shop 48210 scan', status: 'Pre-Scan Failed' }, { 'delete-incomplete': 'own-failed' }, 'warning', /The run would delete it \(--delete-incomplete own-failed\)\./u],
    ['of an earlier run of its job', { name: 'gitlab web/shop 48210 scan', status: 'Incomplete' }, {}, 'failure', /in the way/u],
    ['of another job, which has failed', { name: 'gitlab web/shop 48210 other', status: 'Pre-Scan Failed' }, { 'delete-incomplete': 'own-failed' }, 'failure', /in the way/u],
    ['of another job of the same run', { name: 'gitlab web/shop 48211 other', status: 'Incomplete' }, {}, 'failure', /in the way/u],
  ])('knows a scan by its name: %s', async (_name, build, options, outcome, told) => {
    world = await startEmulatedRun({ applications: [{ name: 'Shop', builds: [build] }] });
    const { checks } = await report(options, { env: JOB });
    const { outcome: got, line, advice } = checks.find(({ id }) => id === 'latest-build') ?? {};
    expect(got).toBe(outcome);
    expect(`${line ?? ''} ${advice ?? ''}`).toMatch(told);
  });

  it('refuses a scan name that the run would refuse', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run({ 'scan-name': 'nightly {nmber}' })).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'scanName', got: 'the placeholder {nmber}' }] } });
    expect(world.calls()).toEqual([]);
  });

  it.each<[name: string, env: Readonly<Record<string, string>>, outcome: CheckOutcome, line: RegExp]>([
    ['an unknown CI', {}, 'skipped', /no CI/u],
    ['GitLab', { GITLAB_CI: 'true' }, 'skipped', /^GitLab CI does not tell/u],
    ['a trace', { GITLAB_CI: 'true', CI_DEBUG_TRACE: 'true' }, 'failure', /CI_DEBUG_TRACE/u],
    ['a trace elsewhere', { BITBUCKET_BUILD_NUMBER: '7', CI_DEBUG_TRACE: 'true' }, 'skipped', /^Bitbucket Pipelines/u],
  ])('sees of masking what can be seen: %s', async (_name, env, outcome, line) => {
    world = await startEmulatedRun(SHOP);
    expect((await report({}, { env })).checks.find(({ id }) => id === 'masking')).toMatchObject({ outcome, line: expect.stringMatching(line) });
  });

  it('sees a key in another form, and does not show it', async () => {
    world = await startEmulatedRun(SHOP);
    const encoded = Buffer.from(world.emulator.apiKey).toString('base64');
    const made = await report({}, { env: { GITLAB_CI: 'true', SETTINGS: `token=${encoded}` } });
    expect(made.checks.find(({ id }) => id === 'masking')).toMatchObject({ outcome: 'warning', line: 'the variable SETTINGS holds the key in another form, which no mask knows' });
    expect(world.printed()).not.toContain(encoded);
  });

  it.each<[name: string, check: CheckId, operation: string, change: Readonly<Record<string, unknown>>, line: RegExp]>([
    ['an account that is not active', 'account', 'GET /api/authn/v2/users/self', { active: false }, /is not active$/u],
    ['a pair that has been revoked', 'expiry', 'GET /api/authn/v2/api_credentials', { revocation_ts: '2026-01-01T00:00:00.000+0000' }, /has been revoked$/u],
    ['a pair that has ended and is still accepted', 'expiry', 'GET /api/authn/v2/api_credentials', { expiration_ts: '2026-01-01T00:00:00.000+0000' }, /^ended 2026-01-01/u],
  ])('fails for %s', async (_name, id, operation, change, line) => {
    world = await startEmulatedRun(SHOP);
    const made = await report({}, { httpClient: answeringOtherwise(operation, change) });
    expect(made).toMatchObject({ exitCode: 1 });
    expect(made.checks.find((check) => check.id === id)).toMatchObject({ outcome: 'failure', line: expect.stringMatching(line) });
  });

  it('warns of a pair that a newer one has superseded, and takes no end of that one for its own', async () => {
    world = await startEmulatedRun(SHOP);
    const made = await report({}, { httpClient: answeringOtherwise('GET /api/authn/v2/api_credentials', { api_id: 'f'.repeat(32) }) });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.checks.find(({ id }) => id === 'expiry')).toMatchObject({
      outcome: 'warning',
      line: `superseded by the newer pair ${'f'.repeat(32)}: it ends within 24 hours of that one's making`,
      advice: expect.stringContaining('Hand the newer pair to this job'),
    });
  });

  it('is content without an end of the credentials', async () => {
    world = await startEmulatedRun(SHOP);
    const made = await report({}, { httpClient: answeringOtherwise('GET /api/authn/v2/api_credentials', { expiration_ts: null }) });
    expect(made.checks.find(({ id }) => id === 'expiry')).toMatchObject({ outcome: 'skipped' });
  });

  it.each<[name: string, options: GivenOptions, path: string]>([
    ['an unknown purpose', { for: 'lunch' }, 'for'],
    ['a rehearsal without a place', { app: null, write: true }, 'app'],
    ['a status page in the clear', { 'status-url': 'http://status.example' }, 'statusUrl'],
    ['a CA file that is none', { 'platform-url': 'https://127.0.0.1:9', 'ca-file': 'shop.jar' }, 'caFile'],
  ])('refuses %s: 2', async (_name, options, path) => {
    world = await startEmulatedRun(SHOP);
    const file = 'ca-file' in options ? { 'ca-file': join(world.cwd, 'shop.jar') } : {};
    expect(await run({ ...options, ...file })).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path }] } });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('ends with 130 when it is cancelled', async () => {
    world = await startEmulatedRun(SHOP);
    expect(await run({}, { signal: AbortSignal.abort('SIGINT') })).toMatchObject({ kind: 'failed', exitCode: 130 });
  });
});

describe('preflight --write', () => {
  it('rehearses the write path and leaves nothing', async () => {
    world = await startEmulatedRun(SHOP);
    const made = await report({ write: true });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.checks.find(({ id }) => id === 'write')).toMatchObject({ outcome: 'ok', line: 'rehearsed and removed: create sandbox, create build, upload file, delete build, delete sandbox' });
    expect(live()).toEqual(['dev']);
  });

  it('removes the sandbox when it is cancelled in the middle', async () => {
    world = await startEmulatedRun({ ...SHOP, faults: [{ operation: 'uploadlargefile.do', kind: 'stall' }] });
    const cancel = new AbortController();
    const watching = setInterval(() => {
      if (world.calls().includes('uploadlargefile.do')) cancel.abort('SIGINT');
    }, 5);
    expect(await run({ write: true }, { signal: cancel.signal })).toMatchObject({ kind: 'failed', exitCode: 130 });
    clearInterval(watching);
    expect(live()).toEqual(['dev']);
  });

  it('names what it could not remove, and the command that does', async () => {
    const operation = 'DELETE /appsec/v1/applications/{guid}/sandboxes/{sandbox}';
    world = await startEmulatedRun({ ...SHOP, faults: [{ operation, kind: 'status:403', count: 'all' }] });
    const made = await report({ write: true });
    const [left = ''] = live().filter((name) => name !== 'dev');
    expect(left).toMatch(/^verapipe-preflight-[0-9a-f]{8}$/u);
    const check = made.checks.find(({ id }) => id === 'write');
    expect(check).toMatchObject({ outcome: 'failure', advice: expect.stringContaining(`The sandbox "${left}" may be left.`) });
    expect(check?.advice).toContain(`verapipe sandbox sweep --app Shop --prefix verapipe-preflight- --platform-url ${world.emulator.url} --apply`);
  });
});

describe('preflight --conformance', () => {
  it('writes what it compared, and finds nothing at the emulator', async () => {
    world = await startEmulatedRun(SHOP);
    const made = await report({ conformance: true });
    expect(made.checks.find(({ id }) => id === 'conformance')).toMatchObject({ outcome: 'ok', line: expect.stringContaining('11 of 11 kinds of answers compared, all as expected') });
    const written = await world.readJson('verapipe-conformance.json');
    expect(schemaFaults(written, 'conformance')).toEqual([]);
    expect(JSON.stringify(written)).not.toMatch(/Shop|release 1|Strict/u);
  });

  it('writes to the output folder', async () => {
    world = await startEmulatedRun(SHOP);
    await writeFile(join(world.cwd, 'note'), '');
    expect(await run({ conformance: true, 'output-dir': 'note' })).toMatchObject({ exitCode: 1 });
    expect(await readdir(world.cwd)).not.toContain('verapipe-conformance.json');
  });
});

/** The real network, but for some fields in the answers to one operation. */
function answeringOtherwise(operation: string, change: Readonly<Record<string, unknown>>): HttpClient {
  const network = createUndiciHttpClient();
  return {
    async send(request, signal) {
      const response = await network.send(request, signal);
      if (request.operation.name !== operation) return response;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      const answer = { ...(JSON.parse(Buffer.concat(chunks).toString('utf8')) as object), ...change };
      return { ...response, body: (async function* () { yield await Promise.resolve(Buffer.from(JSON.stringify(answer))); })() };
    },
    close: () => network.close(),
  };
}
