import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { systemClock, type Clock, type Env, type HttpClient } from '@verapipe/core';
import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { runCli } from '../src/run-cli.js';
import { createTextSink, type TextSink } from './text-sink.js';

/** Waits pass quickly; limits of requests do as well, so that it must not be much faster. */
const HURRY = 10;
let jumpedMs = 0;
const hurriedClock: Clock = {
  now: () => systemClock.now(),
  monotonicMs: () => systemClock.monotonicMs() * HURRY + jumpedMs,
  sleep: (ms, signal) => systemClock.sleep(ms / HURRY, signal),
};

let cwd: string;
let emulator: RunningEmulator | undefined;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'verapipe-run-cli-'));
  await writeFile(join(cwd, 'shop.jar'), 'x');
});

afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
  await rm(cwd, { recursive: true });
});

interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], { env, stderr = createTextSink(), httpClient }: { readonly env: Env; readonly stderr?: TextSink; readonly httpClient?: HttpClient }): Promise<Ran> {
  const stdout = createTextSink({ width: 80 });
  const signal = new AbortController().signal;
  const input = { args, env, cwd, homeDir: cwd, platform: process.platform, stdout, stderr, signal, clock: hurriedClock };
  const exitCode = await runCli({ ...input, ...(httpClient === undefined ? {} : { httpClient }) });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

async function scan(scenario: ScenarioInput, more: readonly string[], stderr = createTextSink()): Promise<Ran> {
  emulator = await startEmulator({ timeScale: 60_000, scenario });
  const env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
  return run(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', emulator.url, ...more], { env, stderr });
}

describe('runCli', () => {
  it('leaves a scan that does not end in time, and prints the command to attach', async () => {
    const sink = createTextSink();
    const watching: TextSink = {
      ...sink,
      write(text) {
        sink.write(text);
        if (text.includes('status "Scan In Process"')) jumpedMs += 61 * 60_000;
      },
    };
    const { exitCode, stdout, stderr } = await scan({ scans: [{ scanOutcome: 'never-ends' }] }, ['--timeout', '60'], watching);
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: '' });
    expect(stderr).toMatch(/Error: [^]+\nScan "local [^]+ goes on at the platform\. To attach to it:\n {2}verapipe wait --state \.verapipe\/scan\.json --platform-url http:/u);
  });

  it('shows findings where they lie in the checkout, and how many of them it found there', async () => {
    await promisify(execFile)('git', ['-C', cwd, 'init', '--quiet']);
    await mkdir(join(cwd, 'web', 'src'), { recursive: true });
    await writeFile(join(cwd, 'web', 'src', 'order.py'), '');
    const findings = [{ cwe: 89, severity: 5, file: 'src/order.py', line: 7 }, { cwe: 78, severity: 5, file: 'lib/gone.py', line: 3 }] as const;
    const { exitCode, stdout, stderr } = await scan({ scans: [{ findings: [...findings], components: [] }] }, ['--data-paths', 'violating']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/ web\/src\/order\.py:7 [^]* lib\/gone\.py:3 |lib\/gone\.py:3 [^]* web\/src\/order\.py:7 /u);
    expect(stdout).toContain('\n1 of 2 findings with a path were mapped to files of the checkout (50 %); 1 fit none.\n\n');
    expect(stderr).toContain('Reading the data paths of 2 findings, one call each.');
  });

  it('lives on a terminal: one line that is written anew, in colours', async () => {
    const stderr = createTextSink({ isTerminal: true, width: 100 });
    expect((await scan({ scans: [{ findings: [], components: [] }] }, [], stderr)).exitCode).toBe(0);
    expect(stderr.text().replaceAll('\u001b', 'ESC')).toMatch(/\rESC\[2KESC\[2m\d\d:\d\d {2}█{24} 100 %/u);
    expect(stderr.text()).toMatch(/Waiting for the prescan, status ".+" for \d\d:\d\d/u);
    expect(stderr.text().endsWith('\r\u001b[2K')).toBe(true);
  });

  it.each([['--no-color'], ['--color=no']])('has no colours with %s', async (option) => {
    const stderr = createTextSink({ isTerminal: true });
    await scan({}, ['--no-wait', option], stderr);
    expect(stderr.text().replaceAll('\u001b[2K', '')).not.toContain('\u001b');
  });

  it('takes an unexpected failure for our own bug: 70, how to report it, and no secret', async () => {
    const key = '5ec4e7'.repeat(21) + 'ab';
    const env = { VERACODE_API_KEY_ID: '0123456789abcdef'.repeat(2), VERACODE_API_KEY_SECRET: key };
    const httpClient: HttpClient = {
      send: () => Promise.reject(new TypeError(`Cannot read properties of ${key}`)),
      close: () => Promise.resolve(),
    };
    const { exitCode, stdout, stderr } = await run(['scan', '--app', 'Shop', '--file', 'shop.jar', '--json'], { env, httpClient });
    expect(exitCode).toBe(70);
    expect(stderr).toMatch(/Error: TypeError: Cannot read properties of \[redacted\]\nNext: This is a bug of verapipe\. Please report it/u);
    expect(stderr).toContain('run-cli.test.ts');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'none', failure: { exitCode: 70, code: 'internal-error' } });
    expect(stdout + stderr).not.toContain(key);
  });
});

describe('verapipe lint', () => {
  it('tells without credentials what is wrong with an artifact, and ends with 1 for an error', async () => {
    const { exitCode, stdout, stderr } = await run(['lint', '--file', 'shop.jar'], { env: {} });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^error +unreadable-archive +shop\.jar +It cannot be read/mu);
    expect(await run(['lint', '--file', 'shop.jar', '--lint-ignore', 'unreadable-archive'], { env: {} })).toMatchObject({ exitCode: 0, stdout: '0 errors and 0 warnings in 1 artifact.\n' });
  });

  it('names the nearest rule', async () => {
    expect(await run(['lint', '--file', 'shop.jar', '--lint-ignore', 'unreadable-archiv'], { env: {} })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--lint-ignore: got "unreadable-archiv"; wanted perhaps "unreadable-archive"'),
    });
  });

  it('has no options about the platform', async () => {
    const { stdout } = await run(['lint', '--help'], { env: {} });
    expect(stdout).toContain('--lint-ignore RULE');
    expect(stdout).not.toContain('Platform and network');
  });
});

describe('verapipe gate and baseline', () => {
  it('judge again and compare without credentials', async () => {
    expect((await scan({}, [])).exitCode).toBe(1);
    const again = await run(['gate', '--from', 'verapipe-results.json'], { env: {} });
    expect(again).toMatchObject({ exitCode: 1, stderr: '' });
    expect(again.stdout).toMatch(/^fail {2}policy {2}[^]+\nFAIL: policy scan \d+, read from verapipe-results\.json and judged again by one gate; the platform was not asked\.\n$/mu);

    expect(await run(['baseline', 'save', '--to', 'known.json'], { env: {} })).toMatchObject({ exitCode: 0, stderr: '' });
    const compared = await run(['baseline', 'compare', '--baseline', 'known.json'], { env: {} });
    expect(compared).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^0 new, [1-9]\d* known \(\d+ id\), 0 gone\.$/mu) });
    const onlyNew = await run(['gate', '--new-only', '--baseline', 'known.json', '--json'], { env: {} });
    expect(JSON.parse(onlyNew.stdout)).toMatchObject({ gates: [{ id: 'policy', outcome: 'fail' }, { id: 'any-finding', outcome: 'pass' }], verdict: 'fail' });
  });

  it('refuse what was not judged, and list every fault', async () => {
    expect((await scan({}, ['--no-wait'])).exitCode).toBe(0);
    expect(await run(['gate', '--report-only'], { env: {} })).toMatchObject({ exitCode: 7, stdout: '', stderr: expect.stringMatching(/not waited for[^]+Next: Wait for the scan with `verapipe wait`/u) });
    const { exitCode, stderr } = await run(['baseline', 'compare', '--from', 'gone.json'], { env: {} });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/the input has 2 faults; nothing was sent\.\n {2}--from: got .+gone\.json: .+\n {2}--baseline: got nothing;/u);
  });

  it('have no options about the platform, where none is asked', async () => {
    const { stdout } = await run(['baseline', 'compare', '--help'], { env: {} });
    expect(stdout).toContain('--from FILE');
    expect(stdout).not.toContain('Platform and network');
  });

  it('ask the platform about a file only with --verify-platform', async () => {
    expect((await scan({ scans: [{ findings: [], components: [] }] }, [])).exitCode).toBe(0);
    const env = { VERACODE_API_KEY_ID: emulator?.apiId, VERACODE_API_KEY_SECRET: emulator?.apiKey };
    const before = emulator?.journal().length;
    expect(await run(['gate', '--platform-url', emulator?.url ?? ''], { env })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('the platform was not asked.') });
    expect(emulator?.journal()).toHaveLength(before ?? -1);
    expect(await run(['gate', '--verify-platform', '--platform-url', emulator?.url ?? ''], { env })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The platform says the same of build') });
    expect(await run(['gate', '--verify-platform', '--platform-url', emulator?.url ?? ''], { env: {} })).toMatchObject({ exitCode: 3 });
  });

  it('need no application to save a file', async () => {
    const { stdout } = await run(['baseline', 'save', '--help'], { env: {} });
    expect(stdout).toMatch(/--to FILE\n[^-]+Required\./u);
    expect(stdout).not.toMatch(/--app NAME\n[^-]+Required\./u);
  });

  it('plans what stands behind `plan`, and says what can', async () => {
    emulator = await startEmulator({ timeScale: 60_000, scenario: { applications: [{ name: 'Shop' }] } });
    const env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
    const args = ['scan', '--app', 'Shop', '--file', 'shop.jar', '--platform-url', emulator.url];
    const planned = await run(['plan', ...args], { env });
    expect(planned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('3 calls change the platform; nothing was changed now.') });
    expect((await run([...args, '--plan'], { env })).exitCode).toBe(0);
    expect(await run(['plan', '--help'], { env })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('sandbox sweep') });
    expect(await run(['plan'], { env })).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Usage: verapipe plan') });
    expect(await run(['plan', 'gate'], { env })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--plan') });
    expect(emulator.journal().filter(({ method, operation }) => method !== 'GET' && !operation.startsWith('get'))).toEqual([]);
  });
});

describe('verapipe drill, init and credentials scan', () => {
  const KEY = 'c0ffee42'.repeat(16);

  it.each(['0', '1', '5', '70', '130'])('drills exit code %s', async (code) => {
    const { exitCode, stdout, stderr } = await run(['drill', '--exit', code], { env: {} });
    expect({ exitCode, stderr }).toEqual({ exitCode: Number(code), stderr: '' });
    expect(stdout).toMatch(/^DRILL: nothing was scanned\. .+\n$/u);
  });

  it('writes a pipeline in which its own lint finds nothing, once', async () => {
    expect(await run(['init', 'gitlab'], { env: {} })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await run(['drill', '--lint', '.gitlab-ci.yml'], { env: {} })).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/nothing swallows failures/u) });
    expect(await run(['init', 'gitlab'], { env: {} })).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/--ci: got \.gitlab-ci\.yml, which is there already/u) });
  });

  it('names faults as they were typed', async () => {
    expect((await run(['drill', '--lint', 'gone.yml'], { env: {} })).stderr).toMatch(/--lint: got gone\.yml, which does not exist;/u);
    expect((await run(['drill', '--lint'], { env: {} })).stderr).toMatch(/--lint: got nothing; wanted a value: FILE/u);
    expect((await run(['drill', '--help'], { env: {} })).stdout).toMatch(/ {2}--lint FILE\n[^-]+Variable: VERAPIPE_PIPELINE_FILE\./u);
  });

  it('finds a key, and tells the place', async () => {
    await writeFile(join(cwd, 'run.sh'), `export VERACODE_API_KEY_SECRET=${KEY}\n`);
    const { exitCode, stdout, stderr } = await run(['credentials', 'scan', 'run.sh'], { env: {} });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^run\.sh:1 {2}an API secret key\n/u);
  });

  it('warns of a key among the arguments of any command, as the CI wants it', async () => {
    const { exitCode, stdout, stderr } = await run(['scan', '--app', 'Shop', '-vkey', KEY], { env: { GITLAB_CI: 'true', CI: 'true' } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/Warning: An API secret key seems to stand among the arguments, .+ In GitLab: /u);
    expect(stderr).not.toContain('c0ffee');
  });
});

describe('a pipeline scan with the mitigations of its application', () => {
  const LOG = { cwe: 117, file: 'src/Login.java', line: 9, function: 'void login()' } as const;

  async function pipelineScan(settings: ScenarioInput['settings']): Promise<Ran> {
    emulator = await startEmulator({
      timeScale: 60_000,
      scenario: {
        ...(settings === undefined ? {} : { settings }),
        applications: [{ name: 'Shop', builds: [{ name: 'release' }] }],
        scans: [{ findings: [{ ...LOG, mitigation: { status: 'accepted', by: 'ann' } }], components: [] }],
        pipelineScans: [{ findings: [LOG] }],
      },
    });
    const env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
    return run(['pipeline-scan', '--file', 'shop.jar', '--app', 'Shop', '--apply-mitigations', '--platform-url', emulator.url], { env });
  }

  it('lists each one that it applied', async () => {
    const { exitCode, stdout, stderr } = await pipelineScan({ reportHashes: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('not counted: 1 mitigated') });
    expect(stderr).toMatch(/^[\d:]+ {2}Mitigated: finding 117-[0-9a-f]{32} \(CWE 117, src\/Login\.java:9\) is policy flaw 1: Mitigate by Design, approved by ann\.\n[\d:]+ {2}1 of 1 accepted mitigations of "Shop" \(policy scan \d+\) applied\.$/mu);
  });

  it('says loudly that it applied none, and why', async () => {
    const { exitCode, stderr } = await pipelineScan(undefined);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^[\d:]+ {2}Warning: 0 of 1 accepted mitigations of "Shop" \(policy scan \d+\) applied: the report carries no hashes for 1\. No finding is mitigated\.$/mu);
  });
});
