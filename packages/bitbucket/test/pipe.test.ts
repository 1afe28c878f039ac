import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type PipeWorld, startPipeWorld, type Variables } from './pipe-world.js';

/** What other commands than `scan` have no use for. */
const NO_UPLOAD: Variables = { APP: '', FILE: '', CREATE_PROFILE: '' };

let world: PipeWorld;
let cwd: string;

beforeAll(async () => {
  world = await startPipeWorld({
    scans: [
      { application: 'Large', findings: { generate: 1500 } },
      { application: 'Small', findings: [{ cwe: 89, severity: 5, file: 'src/Shop.java', line: 7 }, { cwe: 79, severity: 4, file: 'src/Cart.java' }], components: [] },
      { findings: [], components: [] },
    ],
    pipelineScans: [{ findings: [{ cwe: 78, severity: 4, file: 'tools/export.py', line: 3 }] }],
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  cwd = await world.clone();
  world.api.reset();
});

describe('a scan that passes', () => {
  it('is proven, told to Code Insights through the proxy, and left for artifacts, tests and other pipes', async () => {
    const authorities = await readFile(world.emulator.caFile ?? '', 'base64');
    const { exitCode, output } = await world.run(cwd, { PLATFORM_URL: world.emulator.tlsUrl ?? '', CA_BUNDLE: authorities, DEBUG: 'true' });
    expect(output).toContain('PASS: policy scan');
    expect(exitCode).toBe(0);

    const [application] = world.emulator.snapshot().applications.filter(({ name }) => name === 'Shop');
    expect(application?.builds).toMatchObject([{ name: 'bitbucket ann/shop 17 5f0c3a52' }]);
    expect(application?.builds[0]?.files.map(({ name }) => name).toSorted()).toEqual(['a.jar', 'b.jar']);

    expect(world.api.results).toEqual(['PENDING', 'PASSED']);
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'PASSED', external_id: 'verapipe-scan' });
    expect(output).toContain('Code Insights: report verapipe-scan sent: PASSED, 0 annotations.');
    expect(world.proxy.asked.filter((line) => !/^(?:GET|PUT) http:\/\/api\.bitbucket\.org\/2\.0\/repositories\/ann\/shop\/commit\/0123456789abcdef0123456789abcdef01234567\/reports\/verapipe-scan(?:\/annotations\?pagelen=1)?$/u.test(line))).toEqual([]);

    expect((await readdir(join(cwd, 'veracode'))).toSorted()).toEqual(['code-insights.json', 'scan.json', 'veracode-detailed-report.xml', 'veracode.env', 'veracode.sarif', 'verapipe-results.json']);
    expect(await readFile(join(cwd, 'test-results', 'veracode-junit.xml'), 'utf8')).toContain('<testsuite');
    expect(await readFile(join(world.storage, 'veracode.env'), 'utf8')).toContain('VERACODE_RESULT_VERDICT=pass\n');
    expect(await readFile(join(world.storage, 'verapipe-results.json'), 'utf8')).toBe(await readFile(join(cwd, 'veracode', 'verapipe-results.json'), 'utf8'));

    // A step may be killed without another word.
    const [, before = ''] = /^([^]*?)Uploaded a\.jar/u.exec(output) ?? [];
    expect(before).toMatch(/\(build \d+\) created: https:\/\/\S+#ViewReportsResultSummary:\d+:\d+:\d+/u);
    expect(output).toContain('debug request');
    expect(output).not.toContain(world.emulator.apiKey);
  });
});

describe('a gate that fails', () => {
  it('fails the step; of 1,500 findings the most important ones are annotated, and a smaller set takes their place', async () => {
    const large = await world.run(cwd, { APP: 'Large', FAIL_ON_SEVERITY: 'Informational', FILE: 'a.jar' });
    expect(large.exitCode).toBe(1);
    expect(world.api.results).toEqual(['PENDING', 'FAILED']);
    const first = world.api.report('verapipe-scan');
    expect(first?.annotations.size).toBe(1000);
    expect(first?.report['details']).toMatch(/Of \d+ findings the 1000 most important are annotated; \d+ are left out\./u);
    expect(first?.report['data']).toHaveLength(8);
    expect(world.api.calls.filter((call) => call === 'POST verapipe-scan/annotations 200')).toHaveLength(10);
    expect(world.api.calls.filter((call) => call.startsWith('DELETE'))).toEqual([]);

    const small = await world.run(cwd, { APP: 'Small', FAIL_ON_SEVERITY: 'High', REPORT_ONLY: 'true' });
    expect(small.exitCode).toBe(0);
    expect(world.api.results).toEqual(['PENDING', 'FAILED', 'PENDING', 'FAILED']);
    expect(world.api.calls.filter((call) => call.startsWith('DELETE'))).toEqual(['DELETE verapipe-scan 204']);
    const annotations = [...(world.api.report('verapipe-scan')?.annotations.values() ?? [])];
    expect(annotations).toMatchObject([{ severity: 'CRITICAL', path: 'src/Shop.java', line: 7, result: 'FAILED' }, { severity: 'HIGH' }]);
  });
});

describe('a step that is killed', () => {
  it('goes on with its own scan when it runs again, in a folder that knows nothing of it', async () => {
    const killed = await world.run(cwd, { APP: 'Killed' }, 'Uploaded b.jar');
    expect(killed.exitCode).toBeNull();
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'PENDING' });
    await rm(cwd, { recursive: true });
    await rm(world.storage, { recursive: true });

    const again = await world.run(await world.clone(), { APP: 'Killed', BITBUCKET_STEP_RUN_NUMBER: '2' });
    expect(again.output).toContain('found, going on with it');
    expect(again.exitCode).toBe(0);
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Killed')?.builds).toHaveLength(1);
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'PASSED' });
  });
});

describe('a scan that nobody waits for', () => {
  it('stays pending until a later step judges it, which has the artifacts of the first one and nothing else', async () => {
    const submitted = await world.run(cwd, { APP: 'Later', WAIT: 'false' });
    expect(submitted).toMatchObject({ exitCode: 0, output: expect.stringContaining('NOT JUDGED') });
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'PENDING' });

    const later = await world.clone();
    for (const name of ['a.jar', 'b.jar']) await rm(join(later, name));
    await cp(join(cwd, 'veracode'), join(later, 'veracode'), { recursive: true });
    const judged = await world.run(later, { ...NO_UPLOAD, COMMAND: 'wait', BITBUCKET_STEP_UUID: '{aaaaaaaa-0d6e-4c5b-9b1a-0a1b2c3d4e5f}' });
    expect(judged).toMatchObject({ exitCode: 0, output: expect.stringContaining('PASS: policy scan') });
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'PASSED' });
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Later')?.builds).toHaveLength(1);
  });
});

describe('other commands', () => {
  it('a pipeline scan has a report of its own', async () => {
    const { exitCode } = await world.run(cwd, { COMMAND: 'pipeline-scan', APP: '', CREATE_PROFILE: '', FILE: '*.jar', EXCLUDE: ['b*'] });
    expect(exitCode).toBe(1);
    expect([...(world.api.report('verapipe-pipeline-scan')?.annotations.values() ?? [])]).toMatchObject([{ path: 'tools/export.py', line: 3 }]);
  });

  it('a preflight looks, compares the time limits, and reports nothing', async () => {
    const { exitCode, output } = await world.run(cwd, { COMMAND: 'preflight', MAX_TIME: '200' });
    expect(output).toContain('the job may take 200 minutes (--job-timeout), the run 198 (--timeout)');
    expect(exitCode).toBe(0);
    expect(world.api.calls).toEqual([]);
  });
});

describe('what does not work', () => {
  it('a wrong key ends with 3, and nothing passes', async () => {
    const { exitCode, output } = await world.run(cwd, { VERACODE_API_KEY_SECRET: 'ab'.repeat(64) });
    expect(exitCode).toBe(3);
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'FAILED', details: expect.stringContaining('came to no results') });
    expect(output).not.toContain('ab'.repeat(8));
  });

  it('a proxy that is down takes nothing from the verdict, and is told', async () => {
    const { exitCode, output } = await world.run(cwd, { APP: 'Unseen', CODE_INSIGHTS_PROXY: 'http://127.0.0.1:9' });
    expect(exitCode).toBe(0);
    expect(output).toContain('WARNING: Code Insights: the scan was not announced: PUT through http://127.0.0.1:9: ECONNREFUSED. The result of the step stays as it is.');
    expect(output).toContain('WARNING: Code Insights: the report was not sent whole: GET through http://127.0.0.1:9: ECONNREFUSED. The result of the step stays as it is.');
  });

  it('variables that do not exist are told together, and nothing is sent', async () => {
    const requests = world.emulator.journal().length;
    const { exitCode, output } = await world.run(cwd, { APP: '$APP_NAME', FILE: ['a.jar', '${ARTIFACT}'], FAIL_ON_SEVERTY: 'High', FAIL_ON_SEVERITY: 'sometimes', VERACODE_API_KEY_ID: '$VERACODE_API_KEY_ID' });
    expect(exitCode).toBe(2);
    expect(output.split('\n').filter((line) => line.startsWith('  '))).toEqual([
      '  FAIL_ON_SEVERTY: got an unknown variable; wanted perhaps FAIL_ON_SEVERITY',
      '  APP: got the text "$APP_NAME" itself; wanted a variable APP_NAME that exists and that this pipeline may see',
      '  FILE: got the text "$ARTIFACT" itself; wanted a variable ARTIFACT that exists and that this pipeline may see',
      expect.stringMatching(/^ {2}FAIL_ON_SEVERITY: got "sometimes"; wanted a severity/u),
    ]);
    expect(output).toContain('VERACODE_API_KEY_ID is the text "$VERACODE_API_KEY_ID" itself');
    expect(world.emulator.journal()).toHaveLength(requests);
    expect(world.api.calls).toEqual([]);
  });

  it('credentials that a pipeline may not see are missing, and skip the scan where that was asked for', async () => {
    const { exitCode, output } = await world.run(cwd, { VERACODE_API_KEY_ID: '$VERACODE_API_KEY_ID', VERACODE_API_KEY_SECRET: '$VERACODE_API_KEY_SECRET', MISSING_CREDENTIALS: 'skip' });
    expect(output).toContain('Skipped');
    expect(exitCode).toBe(8);
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'FAILED' });
  });
});
