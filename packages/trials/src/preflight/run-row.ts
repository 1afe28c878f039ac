import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { type MadeCheck, type PreflightReport, readOptions, runPreflight, type Setting } from '@verapipe/ci-kit';
import { createUndiciHttpClient, systemClock, type Clock, type HttpClient } from '@verapipe/core';
import { startEmulator } from '@verapipe/emulator';

import type { ChangedAnswer, PreflightRow } from './preflight-rows.js';

/** What a row came to. */
export interface RanRow {
  readonly row: PreflightRow;
  readonly exitCode: number;
  /** The check that the row is about. */
  readonly made: MadeCheck | null;
  /** Every check that failed, by its id. */
  readonly failed: readonly string[];
  /** Sandboxes at the platform before and after. */
  readonly sandboxes: { readonly before: number; readonly after: number };
}

/** Waits between attempts pass quickly. */
const HURRY = 6;
const clock: Clock = {
  now: () => systemClock.now(),
  monotonicMs: () => systemClock.monotonicMs() * HURRY,
  sleep: (ms, signal) => systemClock.sleep(ms / HURRY, signal),
};

/** A preflight in which one thing is wrong: with a real emulator, over real sockets. */
export async function runRow(row: PreflightRow): Promise<RanRow> {
  const emulator = await startEmulator({ timeScale: 600, tlsPort: 0, proxyPort: 0, scenario: row.scenario ?? {} });
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-preflight-row-')));
  const cwd = join(folder, 'work');
  await mkdir(cwd);
  await writeFile(join(cwd, 'empty.war'), '');
  await writeFile(join(cwd, 'broken.war'), 'no archive');
  await writeFile(join(cwd, 'org.yml'), 'version: 1\nno-such-word: 1\n');
  if (row.isHomeCheckout === true) {
    await mkdir(join(folder, '.git'));
    await mkdir(join(folder, '.veracode'));
    await writeFile(join(folder, '.veracode', 'credentials'), `[default]\nveracode_api_key_id = ${emulator.apiId}\nveracode_api_key_secret = ${emulator.apiKey}\n`, { mode: 0o600 });
  }
  try {
    const { url, tlsUrl, proxyUrl, caFile } = emulator;
    if (tlsUrl === null || proxyUrl === null || caFile === null) throw new Error('The emulator has neither TLS nor a proxy.');
    const args = row.args?.({ url, tlsUrl, proxyUrl, caFile, closedPort: await closedPort() }) ?? ['--platform-url', url];
    const pair = row.isHomeCheckout === true ? {} : { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
    const env = { ...pair, ...row.env };
    const before = countSandboxes();
    let printed = '';
    const { exitCode } = await runPreflight({
      options: readOptions('preflight', settingsOf([...args, '--json']), env),
      env,
      cwd,
      homeDir: folder,
      platform: process.platform,
      clock,
      width: 120,
      print: (text) => {
        printed += text;
        return Promise.resolve();
      },
      ...(row.answer === undefined ? {} : { httpClient: changing(row.answer) }),
      freeBytes: row.freeBytes ?? (() => Promise.resolve(1024 ** 3)),
    });
    const checks = printed === '' ? [] : (JSON.parse(printed) as PreflightReport).checks;
    return {
      row,
      exitCode,
      made: checks.find(({ id }) => id === row.check) ?? null,
      failed: checks.filter(({ outcome }) => outcome === 'failure').map(({ id }) => id),
      sandboxes: { before, after: countSandboxes() },
    };
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }

  function countSandboxes(): number {
    return emulator.snapshot().applications.flatMap(({ sandboxes }) => sandboxes).filter(({ deleted }) => !deleted).length;
  }
}

/** The network, on which one answer is changed. */
function changing({ operation, fields }: ChangedAnswer): HttpClient {
  const network = createUndiciHttpClient();
  return {
    async send(request, signal) {
      const response = await network.send(request, signal);
      if (request.operation.name !== operation) return response;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      const answer = { ...(JSON.parse(Buffer.concat(chunks).toString('utf8')) as object), ...fields };
      return { ...response, body: Readable.from([Buffer.from(JSON.stringify(answer))]) };
    },
    close: () => network.close(),
  };
}

function settingsOf(args: readonly string[]): readonly Setting[] {
  return args.flatMap((word, index): readonly Setting[] => {
    if (!word.startsWith('--')) return [];
    const value = args[index + 1];
    return [{ name: word.slice(2), value: value === undefined || value.startsWith('--') ? null : value }];
  });
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
