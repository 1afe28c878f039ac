import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { send } from './client.js';
import { runProgram, type ProgramRun } from './run-program.js';
import { statusOf, uploadAndScan } from './upload-and-scan.js';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(packageFolder, 'dist', 'main.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verapipe-command-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Hello {
  readonly url: string;
  readonly tlsUrl: string | null;
  readonly proxyUrl: string | null;
  readonly caFile: string | null;
  readonly apiId: string;
  readonly apiKey: string;
}

interface Started {
  readonly hello: Hello;
  readonly stop: (signal: NodeJS.Signals) => Promise<ProgramRun>;
}

/** Starts the built command and reads its first line. */
async function startCommand(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const lines: string[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const reader = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    reader.once('line', resolve);
    void ended.then((exitCode) => reject(new Error(`ended with ${String(exitCode)}: ${stderr}`)));
  });
  reader.on('line', (line) => lines.push(line));
  return {
    hello: JSON.parse(first) as Hello,
    async stop(signal) {
      child.kill(signal);
      return { exitCode: await ended, stdout: lines.join('\n'), stderr };
    },
  };
}

function run(...args: string[]): Promise<ProgramRun> {
  return runProgram(process.execPath, [main, ...args]);
}

describe('verapipe-emulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says one line, serves, and ends cleanly on %s', async (signal) => {
    const { hello, stop } = await startCommand('--time-scale', '1000000');
    expect(Object.keys(hello)).toEqual(['url', 'tlsUrl', 'proxyUrl', 'caFile', 'apiId', 'apiKey']);
    expect(hello).toMatchObject({ tlsUrl: null, proxyUrl: null, caFile: null });
    const scan = await uploadAndScan(hello, 'Web shop');
    let status = await statusOf(hello, scan);
    while (status !== 'Results Ready') {
      status = await statusOf(hello, scan);
    }
    const ended = await stop(signal);
    // Windows ends a process without asking it.
    expect(ended).toEqual({ exitCode: process.platform === 'win32' ? null : 0, stdout: '', stderr: '' });
  });

  it('takes a scenario, TLS, a proxy and a state folder, and starts again with the same credentials', async () => {
    const scenario = join(folder, 'scenario.yml');
    writeFileSync(scenario, 'applications:\n  - name: From the scenario\n');
    const args = ['--port', '0', '--tls-port', '0', '--proxy-port', '0', '--scenario', scenario, '--state-dir', join(folder, 'state')];
    const first = await startCommand(...args);
    const { tlsUrl, caFile, apiId, apiKey } = first.hello;
    const answer = await send({ url: tlsUrl ?? '', apiId, apiKey, ca: readFileSync(caFile ?? '', 'utf8') }, '/api/5.0/getapplist.do');
    expect(answer.text).toContain('From the scenario');
    await first.stop('SIGTERM');
    const second = await startCommand(...args);
    expect(second.hello).toMatchObject({ apiId, apiKey, caFile });
    await second.stop('SIGTERM');
    expect(existsSync(caFile ?? '')).toBe(true);
  });

  it('prints help and version', async () => {
    const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    const help = await run('--help');
    expect(help.exitCode).toBe(0);
    for (const option of ['--port', '--tls-port', '--proxy-port', '--time-scale', '--scenario', '--state-dir']) {
      expect(help.stdout).toContain(option);
    }
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown option', ['--prot', '0'], /^verapipe-emulator: Unknown option --prot\. Did you mean --port\?\n$/],
    ['a scenario that is not there', ['--scenario', 'nowhere.yml'], /^verapipe-emulator: The scenario file nowhere\.yml cannot be read: ENOENT/],
  ])('ends with 2 for %s', async (_, args, message) => {
    expect(await run(...args)).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it.each([
    ['{"aplications": []}', 'aplications: got an unknown key'],
    ['{"faults": [{"operation": "createbild.do", "kind": "stall"}]}', 'Did you mean "createbuild.do"?'],
    ['{', 'wanted text in JSON'],
  ])('ends with 2 for the scenario %s', async (text, message) => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, text);
    expect(await run('--scenario', file)).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('ends with 1 when a port is taken', async () => {
    const { hello, stop } = await startCommand();
    const second = await run('--port', new URL(hello.url).port);
    await stop('SIGTERM');
    expect(second).toEqual({ exitCode: 1, stdout: '', stderr: expect.stringContaining('EADDRINUSE') });
  });
});

describe('the packed library', () => {
  it.each([
    ['import', `import('@verapipe/emulator').then(run)`],
    ['require', `run(require('@verapipe/emulator'))`],
  ])('starts over %s', async (_, load) => {
    const script = `async function run({ startEmulator }) { const e = await startEmulator({ tlsPort: 0 }); console.log(e.tlsUrl.slice(0, 8)); await e.close(); }\n${load};`;
    const { exitCode, stdout, stderr } = await runProgram(process.execPath, ['--input-type=commonjs', '--eval', script], { cwd: packageFolder });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'https://\n', stderr: '' });
  });
});
