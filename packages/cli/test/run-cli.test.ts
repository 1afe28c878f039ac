import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
