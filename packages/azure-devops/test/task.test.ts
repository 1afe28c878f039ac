import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createAgent, type EndedStep } from './agent/agent.js';
import { startTaskWorld, TASK_FOLDER, type TaskWorld } from './task-world.js';

const INJECTED = '##vso[task.setvariable variable=verdict;isOutput=true]pass';
/** The name of a profile, which the platform hands back in many a place. */
const HOSTILE = `Hostile ${INJECTED}`;
const SCAN = { command: 'scan', file: 'shop.jar', createProfile: 'true', lint: 'off' };

/** A week, which takes 25 seconds here. */
const SLOW_MS = 7 * 86_400_000;

let world: TaskWorld;

beforeAll(async () => {
  world = await startTaskWorld({
    scans: [
      { application: 'Clean', findings: [], components: [] },
      { application: 'Conditional', policy: { evaluation: 'Conditional Pass' } },
      { application: HOSTILE, components: [], findings: [{ cwe: 89, severity: 5, file: `src/a.java\n${INJECTED}`, type: INJECTED, function: INJECTED, module: INJECTED, description: INJECTED }] },
      { application: 'Many', components: [], findings: { generate: 10_000 } },
      { application: 'Endless, to fail', scanOutcome: 'never-ends' },
      { application: 'Endless, to warn', scanOutcome: 'never-ends' },
      // Longer than any run here waits; what waits for it moves the clock.
      { application: 'Slow', findings: [], components: [], scanSeconds: SLOW_MS / 1000 },
    ],
    pipelineScans: [{ findings: [{ cwe: 89, severity: 4, file: 'src/pay.java', line: 7 }] }],
  });
});
afterAll(() => world.close());

/** Scans a profile; each has its own folder, so that several can run at once. */
function scan(app: string, inputs: Readonly<Record<string, string>> = {}, step: Parameters<TaskWorld['run']>[1] = {}): Promise<EndedStep> {
  return world.run({ ...SCAN, app, outputDir: app, ...inputs }, step);
}

/** What holds for every task, however it ends. */
function expectSound({ exitCode, faults, refusedVariables, raw, log }: EndedStep): void {
  expect({ exitCode, faults, refusedVariables }).toEqual({ exitCode: 0, faults: [], refusedVariables: [] });
  for (const text of [raw, log]) expect(text).not.toContain(world.emulator.apiKey);
  expect(raw).not.toMatch(/sig=[0-9a-f]{64}/u);
}

describe('a policy scan', () => {
  let clean: EndedStep;
  let failed: EndedStep;
  let conditional: EndedStep;
  let hostile: EndedStep;
  let many: EndedStep;
  beforeAll(async () => {
    const runs = [scan('Clean'), scan('Shop'), scan('Conditional', { conditionalPass: 'warn' }), scan(HOSTILE, { outputDir: 'hostile' }), scan('Many')] as const;
    [clean, failed, conditional, hostile, many] = await Promise.all(runs);
    for (const ended of [clean, failed, conditional, hostile, many]) expectSound(ended);
  });

  it('succeeds with proof, and hands everything over', () => {
    expect(clean).toMatchObject({ result: 'Succeeded', message: expect.stringMatching(/^PASS: policy scan .+ of "Clean" is "Results Ready"/u), issues: [], droppedIssues: 0 });
    expect(Object.fromEntries(clean.variables)).toMatchObject({ verdict: 'pass', exitCode: '0', scanId: expect.stringMatching(/^\d+$/u), buildId: clean.variables.get('scanId'), findingsTotal: '0', openHigh: '0', platformLink: expect.stringContaining('/auth/index.jsp#') });
    expect(clean.log).toMatch(/credentials from the service connection\n[^]+Application profile "Clean" \(\d+\) created\n[^]+PASS: policy scan/u);
    expect(clean.summaries).toEqual([expect.stringContaining('PASS')]);
    expect(clean.attachments.map(({ type }) => type)).toEqual(['verapipe-summary', 'verapipe-results', 'verapipe-report', 'verapipe-sarif']);
    expect(Object.keys(clean.artifacts[0]?.files ?? {}).toSorted()).toEqual(['veracode-detailed-report.xml', 'veracode-junit.xml', 'veracode.html', 'veracode.md', 'veracode.sarif', 'verapipe-results.json']);
    expect(clean.tests).toEqual([{ title: 'Veracode', content: expect.stringContaining('<testsuites') }]);
    for (const name of ['resultsFile', 'sarifFile', 'htmlFile', 'junitFile', 'summaryFile']) expect(readFileSync(clean.variables.get(name) ?? '', 'utf8')).not.toBe('');
  });

  it('shows on the timeline what it waits for', () => {
    const percents = clean.progress.map(({ percent }) => percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(clean.progress.map(({ operation }) => operation)).toEqual(expect.arrayContaining([expect.stringMatching(/^Waiting for the prescan \(\d\d:\d\d\)$/u), expect.stringMatching(/^Judging/u)]));
  });

  it('fails with the worst findings, by file and line', () => {
    expect(failed).toMatchObject({ result: 'Failed', message: expect.stringMatching(/^FAIL: policy scan/u) });
    expect(failed.issues[0]).toEqual({ type: 'error', message: 'High CWE-89 SQL Injection', path: 'src/main/java/com/example/shop/orders/OrderRepository.java', line: '87', code: 'CWE-89' });
    expect(failed.issues.at(-1)).toMatchObject({ type: 'error', message: failed.message });
    expect(Object.fromEntries(failed.variables)).toMatchObject({ verdict: 'fail', exitCode: '1', findingsTotal: '7', openHigh: '2' });
  });

  it('is no plain success on a Conditional Pass that is to warn', () => {
    expect(conditional).toMatchObject({ result: 'SucceededWithIssues', message: expect.stringMatching(/^WARN: .+Conditional Pass/u) });
    expect(conditional.variables.get('verdict')).toBe('warn');
  });

  it('lets text that others wrote order nothing, wherever it stands', () => {
    expect(hostile.result).toBe('Failed');
    expect(hostile.variables.get('verdict')).toBe('fail');
    expect(hostile.raw.match(/##vso\[task\.setvariable variable=verdict/gu)).toHaveLength(1);
    expect(hostile.raw.split('\n').filter((line) => (line.match(/##vso\[/gu) ?? []).length > 1)).toEqual([]);
    expect(hostile.message).toContain('of "Hostile ');
    expect(hostile.issues[0]).toMatchObject({ type: 'error', message: expect.stringContaining('CWE-89'), path: expect.stringContaining('src/a.java') });
  });

  it('has all of 10,000 findings in its files, and shows ten issues, the verdict among them', () => {
    expect(many).toMatchObject({ result: 'Failed', droppedIssues: 0 });
    expect(many.issues.filter(({ type }) => type === 'error')).toHaveLength(10);
    expect(many.issues.at(-1)?.message).toBe(many.message);
    expect(many.variables.get('findingsTotal')).toBe('10000');
    const sarif = JSON.parse(many.attachments.find(({ type }) => type === 'verapipe-sarif')?.content ?? '') as { readonly runs: readonly { readonly results: readonly unknown[] }[] };
    expect(sarif.runs[0]?.results).toHaveLength(10_000);
    expect(many.log.length).toBeLessThan(20_000);
  });
});

describe('warnings of the run beside those of findings', () => {
  it('leave room for the verdict, which is the last of ten', async () => {
    const ended = await scan('Many', { reportOnly: 'true', outputDir: 'warned', scanName: 'warned' }, { variables: { 'Agent.SkipCertValidation': 'True' } });
    expectSound(ended);
    expect(ended).toMatchObject({ result: 'SucceededWithIssues', droppedIssues: 0 });
    expect(ended.issues.map(({ type }) => type)).toEqual(Array.from({ length: 10 }, () => 'warning'));
    expect(ended.issues[0]?.message).toContain('--sslskipcertvalidation');
    expect(ended.issues.at(-1)?.message).toBe(ended.message);
  });
});

describe('a platform in trouble', () => {
  it('is asked again after 503, and a wrong key is not', async () => {
    for (const operation of ['createbuild.do', 'getbuildinfo.do', 'uploadlargefile.do']) world.emulator.faults.set({ operation, kind: 'status:503:0', count: 1 });
    const healed = await scan('Healed', { reportOnly: 'true' });
    expectSound(healed);
    // Its gates fail, and fail nobody: that is no plain success.
    expect(healed).toMatchObject({ result: 'SucceededWithIssues', message: expect.stringMatching(/^FAIL: /u) });
    expect(healed.variables.get('exitCode')).toBe('0');
    expect(healed.issues.every(({ type }) => type === 'warning')).toBe(true);
    expect(world.emulator.journal().filter(({ status }) => status === 503)).toHaveLength(3);
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Healed')?.builds).toHaveLength(1);

    const before = world.emulator.journal().length;
    const key = 'abcdef0123456789'.repeat(8);
    const refused = await scan('Clean', {}, { connection: { ...world.connection, parameters: { apiId: world.emulator.apiId, apiKey: key } } });
    expectSound(refused);
    expect(refused).toMatchObject({ result: 'Failed', message: expect.stringContaining('(Code 3: credentials are missing, malformed, refused') });
    expect(refused.raw).not.toContain(key);
    const asked = world.emulator.journal().slice(before).map(({ operation }) => operation);
    expect(asked).toEqual([...new Set(asked)]);
    expect(world.emulator.journal().slice(before).filter(({ status }) => status !== 401)).toEqual([]);
    expect(refused.variables.get('verdict')).toBe('none');
  });
});

describe('a cancelled task', () => {
  it.each<[name: string, isCleaned: boolean]>([
    ['on the same machine with a clean checkout', true],
    ['on another machine', false],
  ])('ends within seconds as cancelled; a repeated job %s goes on with the same build, to its verdict', async (_name, isCleaned) => {
    const first = createAgent(TASK_FOLDER);
    const again = isCleaned ? first : createAgent(TASK_FOLDER);
    const app = 'Slow';
    const variables = { 'Build.BuildId': isCleaned ? '1' : '2', 'Build.BuildNumber': isCleaned ? '1' : '2' };
    try {
      const inputs = { ...SCAN, app, timeout: '10080' };
      writeFileSync(join(first.sources, 'shop.jar'), 'content of shop.jar');
      const cancelled = await first.run({ connection: world.connection, inputs, variables, cancelAt: 'status "Scan In Process"' });
      expectSound(cancelled);
      expect(cancelled).toMatchObject({ result: 'Cancelled', stoppedBy: 'SIGINT', message: expect.stringContaining('The run was cancelled (SIGINT)') });
      expect(cancelled.stoppedWithinMs).toBeLessThan(7000);
      expect(cancelled.log).toContain('goes on at the platform');
      const build = cancelled.variables.get('buildId');
      expect(JSON.parse(readFileSync(join(first.sources, '.verapipe', 'scan.json'), 'utf8'))).toMatchObject({ build: { id: build } });

      world.emulator.advance(SLOW_MS);
      first.cleanWorkspace();
      writeFileSync(join(again.sources, 'shop.jar'), 'content of shop.jar');
      const before = world.emulator.journal().length;
      const repeated = await again.run({ connection: world.connection, inputs, variables: { ...variables, 'System.JobAttempt': '2' } });
      expectSound(repeated);
      expect(repeated.log).toMatch(/Scan "azure [^"]+" \(build \d+\) found/u);
      expect(repeated).toMatchObject({ result: 'Succeeded', message: expect.stringMatching(/^PASS: /u) });
      expect(repeated.variables.get('buildId')).toBe(build);
      expect(world.emulator.journal().slice(before).map(({ operation }) => operation)).not.toContain('uploadlargefile.do');
      expect(world.emulator.snapshot().applications.find(({ name }) => name === app)?.builds).toHaveLength(isCleaned ? 1 : 2);
    } finally {
      first.close();
      again.close();
    }
  });
});

describe('a scan that is not finished in time', () => {
  it('fails, or is doubtful with onTimeout: warn, and is no pass', async () => {
    // The shortest time that there is, once for both.
    const ends = await Promise.all((['fail', 'warn'] as const).map((onTimeout) => scan(`Endless, to ${onTimeout}`, { onTimeout, timeout: '1' })));
    expect(ends.map(({ result }) => result)).toEqual(['Failed', 'SucceededWithIssues']);
    for (const ended of ends) {
      expectSound(ended);
      expect(ended.message).toContain('(Code 7: not finished in time');
      expect(Object.fromEntries(ended.variables)).toMatchObject({ verdict: 'none', exitCode: '7' });
    }
  });
});

describe('the other commands', () => {
  it('scan on the side, judge again, report again, look before', async () => {
    const [pipeline, submitted, preflight] = await Promise.all([
      world.run({ command: 'pipelineScan', file: 'shop.jar', outputDir: 'side', lint: 'off' }),
      scan('Later', { wait: 'false' }),
      world.run({ command: 'preflight', app: 'Shop', createProfile: 'true', outputDir: 'look' }),
    ]);
    for (const ended of [pipeline, submitted, preflight]) expectSound(ended);
    expect(pipeline).toMatchObject({ result: 'Failed', issues: [{ path: 'src/pay.java', line: '7', code: 'CWE-89' }, { message: expect.stringMatching(/^FAIL: pipeline scan/u) }] });
    expect(Object.fromEntries(pipeline.variables)).toMatchObject({ verdict: 'fail', buildId: '', scanId: expect.stringMatching(/^[0-9a-f-]{36}$/u) });
    expect(submitted).toMatchObject({ result: 'Succeeded', message: expect.stringMatching(/^NOT JUDGED: /u) });
    expect(submitted.variables.get('verdict')).toBe('pending');
    expect(preflight).toMatchObject({ result: 'Succeeded', log: expect.stringMatching(/^ok +Credentials accepted: [^]+Preflight for scan: nothing failed/mu) });
    expect(preflight.artifacts).toEqual([]);

    const before = world.emulator.journal().length;
    const [gate, milder, pending, late, report] = await Promise.all([
      world.run({ command: 'gate', from: 'side' }),
      world.run({ command: 'gate', from: 'side', reportOnly: 'true' }),
      world.run({ command: 'gate', from: 'Later' }),
      world.run({ command: 'gate', from: 'Later', onTimeout: 'warn' }),
      world.runPlain({ inputs: { command: 'report', from: 'side', report: 'csv=side/findings.csv' } }),
    ]);
    for (const ended of [gate, milder, pending, late, report]) expectSound(ended);
    expect(gate).toMatchObject({ result: 'Failed', message: expect.stringMatching(/^FAIL: the gates, judged again/u) });
    expect(Object.fromEntries(gate.variables)).toMatchObject({ verdict: 'fail', findingsTotal: '1', openHigh: '1' });
    expect(milder.result).toBe('SucceededWithIssues');
    expect(pending).toMatchObject({ result: 'Failed', message: expect.stringContaining('(Code 7: ') });
    expect(late).toMatchObject({ result: 'SucceededWithIssues', message: expect.stringContaining('(Code 7: ') });
    expect(report).toMatchObject({ result: 'Succeeded', tests: [{ title: 'Veracode' }] });
    expect(report.attachments.map(({ type }) => type)).toEqual(['verapipe-report', 'verapipe-sarif']);
    expect(readFileSync(join(world.agent.sources, 'side', 'findings.csv'), 'utf8')).toContain('src/pay.java');
    expect(world.emulator.journal()).toHaveLength(before);
  });
});

describe('inputs', () => {
  async function refused(inputs: Readonly<Record<string, string>>, faults: readonly RegExp[]): Promise<void> {
    const before = world.emulator.journal().length;
    const ended = await world.run(inputs);
    expectSound(ended);
    expect(ended.result).toBe('Failed');
    expect(ended.message).toContain('(Code 2: the input is wrong');
    for (const fault of faults) expect(ended.log).toMatch(fault);
    expect(world.emulator.journal()).toHaveLength(before);
  }

  it('that are unknown, contradictory or not replaced are all refused at once, before any call', async () => {
    // One after the other: each leaves its results in the same folder.
    await refused({ ...SCAN, tiemout: '5', app: '$(appName)', stage: 'TESTING', platformUrl: 'http://127.0.0.1:1' }, [/tiemout: got an unknown input; wanted perhaps timeout/u, /app: got "\$\(appName\)", in which Azure did not replace a variable/u, /stage: got an input of pipelineScan; wanted nothing beside command: scan/u, /platformUrl: got another platform than that of the service connection/u, /has 4 faults/u]);
    await refused({ command: 'scna', app: 'Shop', veracodeAppProfile: 'Store', file: 'nothing-*.war', onTimeout: 'maybe' }, [/command: got "scna"; wanted scan, pipelineScan/u, /app: got 2 values; wanted one value/u, /onTimeout: got "maybe"; wanted fail, warn/u]);
    await refused({ command: 'gate', from: 'side', app: 'Shop', artifactName: 'x' }, [/app: got an input of scan, pipelineScan, preflight; wanted nothing beside command: gate/u, /artifactName: got an input of scan, pipelineScan, report/u]);
    await refused({ ...SCAN, app: 'x', apiKey: 'secret', optargs: '-toplevel true', AnalysisService: 'old', failBuildIfUploadAndScanBuildStepFails: 'false', importResults: 'false', version: '$buildnumber' }, [/apiKey: got an input of Veracode@3 that this task has not; wanted connection, or secret variables/u, /optargs: /u, /AnalysisService: .+type Veracode \(verapipe\)/u, /failBuildIfUploadAndScanBuildStepFails: .+continueOnError: true/u, /importResults: .+wait: false/u, /version: .+\$\(Build\.BuildNumber\)/u]);
  });

  it('of Veracode@3 mean what they meant, each with one hint', async () => {
    const ended = await world.run({ ConnectionDetailsSelection: 'Endpoint', veracodeAppProfile: 'Old', version: 'release 7', filepath: 'shop.jar', createProfile: 'true', sandboxName: 'dev', createSandBox: 'true', failBuildOnPolicyFail: 'false', maximumWaitTime: '90', importResults: 'true', lint: 'off', outputDir: 'Old' }, { variables: { 'System.Debug': 'true' } });
    expectSound(ended);
    expect(ended.result).toBe('SucceededWithIssues');
    // Every call, with System.Debug, and no secret in it: that is a part of being sound.
    expect(ended.debug).toMatch(/request .*createbuild\.do/u);
    for (const [old, name] of [['veracodeAppProfile', 'app'], ['version', 'scanName'], ['filepath', 'file'], ['sandboxName', 'sandbox'], ['maximumWaitTime', 'timeout'], ['failBuildOnPolicyFail', 'reportOnly']]) expect(ended.log.split(`The input ${String(old)} of Veracode@3 is called ${String(name)} here`)).toHaveLength(2);
    for (const needless of ['ConnectionDetailsSelection', 'importResults']) expect(ended.log).toContain(`The input ${needless} of Veracode@3 is not needed here.`);
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Old')).toMatchObject({ sandboxes: [{ name: 'dev' }], builds: [{ name: 'release 7' }] });
  });
});

describe('credentials', () => {
  const variables = { 'System.PullRequest.IsFork': 'True' };

  it('come from secret variables too; without any, the task fails, or says plainly that it skipped', async () => {
    const { apiId, apiKey, url } = world.emulator;
    const inputs = { ...SCAN, app: 'Clean', platformUrl: url };
    const [fromVariables, fromEnvironment, missing, skipped] = await Promise.all([
      world.runPlain({ inputs: { ...inputs, outputDir: 'v', wait: 'false', scanName: 'variables' }, secretVariables: { VERACODE_API_KEY_ID: apiId, VERACODE_API_KEY_SECRET: apiKey } }),
      world.runPlain({ inputs: { ...inputs, outputDir: 'e', app: 'Env', wait: 'false' }, env: { VERACODE_API_KEY_ID: apiId, VERACODE_API_KEY_SECRET: apiKey } }),
      world.runPlain({ inputs: { ...inputs, outputDir: 'm' }, variables }),
      // What Azure makes of a secret variable that a fork does not get.
      world.runPlain({ inputs: { ...inputs, outputDir: 's', missingCredentials: 'skip' }, env: { VERACODE_API_KEY_ID: '$(VeracodeId)', VERACODE_API_KEY_SECRET: '$(VeracodeKey)' }, variables }),
    ]);
    for (const ended of [fromVariables, fromEnvironment, missing, skipped]) expectSound(ended);
    expect([fromVariables.result, fromEnvironment.result]).toEqual(['Succeeded', 'Succeeded']);
    expect(missing).toMatchObject({ result: 'Failed', message: expect.stringContaining('(Code 3: ') });
    expect(skipped).toMatchObject({ result: 'SucceededWithIssues', message: expect.stringMatching(/^Skipped, nothing was scanned: .+\(Code 8: skipped for lack of credentials/u) });
    expect(skipped.tests).toEqual([]);
    expect(skipped.variables.get('verdict')).toBe('none');
  });
});

describe('the stand-in for the agent', () => {
  it('asks with SIGINT, then with SIGTERM, and kills', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'verapipe-stubborn-'));
    writeFileSync(join(folder, 'task.json'), JSON.stringify({ id: 'x', version: { Major: 1, Minor: 0, Patch: 0 }, inputs: [], execution: { Node24: { target: 'main.cjs' } }, restrictions: { settableVariables: { allowed: ['known'] } } }));
    writeFileSync(join(folder, 'main.cjs'), "for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(`got ${signal}`)); setInterval(() => undefined, 1000); console.log('##vso[task.setvariable variable=other]x\\nsecret words ##vso[task.setvariable variable=known]y'); for (let i = 0; i < 12; i += 1) console.log('##vso[task.logissue type=error]e'); console.log('up')");
    const agent = createAgent(folder, async (signal, raw, ended) => {
      while (!ended.aborted && !raw().includes(`got ${signal}`)) await sleep(5);
    });
    try {
      const ended = await agent.run({ inputs: {}, secretVariables: { S: 'secret' }, cancelAt: 'up' });
      expect(ended).toMatchObject({ stoppedBy: 'SIGKILL', exitCode: null, refusedVariables: ['other'], droppedIssues: 2 });
      expect(ended.raw).toMatch(/got SIGINT\ngot SIGTERM\n/u);
      expect(ended.variables.get('known')).toBe('y');
      expect(ended.log).not.toContain('secret');
    } finally {
      agent.close();
      rmSync(folder, { recursive: true });
    }
  });
});
