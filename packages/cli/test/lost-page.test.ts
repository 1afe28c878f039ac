import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createUndiciHttpClient, type HttpClient, systemClock } from '@verapipe/core';
import { type RunningEmulator, startEmulator } from '@verapipe/emulator';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { runCli } from '../src/run-cli.js';
import { createTextSink } from './text-sink.js';

const OPERATION = 'GET /appsec/v2/applications/{guid}/findings';
/** Three pages of 500. */
const COUNT = 1200;

let cwd: string;
let emulator: RunningEmulator;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'verapipe-lost-page-'));
  emulator = await startEmulator({
    scenario: { applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }], scans: [{ findings: { generate: COUNT }, components: [] }] },
  });
});
afterEach(async () => {
  await emulator.close();
  await rm(cwd, { recursive: true });
});

/** A page of findings, as the platform sends it. */
interface Page {
  readonly _embedded?: { readonly findings: readonly unknown[] };
  readonly page: { readonly number: number; readonly total_elements: number; readonly total_pages: number; readonly size: number };
}

/** A way in which a page is lost. `first` is the first page of the same reading. */
type Loss = (page: Page, first: Page) => Page;

/** A loss that happens to the middle page only. */
function amid(lose: Loss): Loss {
  return (page, first) => (page.page.number === 1 ? lose(page, first) : page);
}

/** Every way to lose a page, or to let the total contradict what was sent, and what is said about it. */
const LOSSES: readonly (readonly [name: string, loss: Loss, said: RegExp])[] = [
  ['the middle page comes without its findings', amid(({ page }) => ({ page })), /page 1 of 3 is empty/u],
  ['the last page is not counted among the pages', ({ page, ...rest }) => ({ ...rest, page: { ...page, total_pages: 2 } }), /1200 items are announced, 1000 were sent/u],
  ['the middle page comes with half of its findings', amid(({ _embedded, page }) => ({ _embedded: { findings: _embedded?.findings.slice(250) ?? [] }, page })), /1200 items are announced, 950 were sent/u],
  ['the first page comes in the place of the middle one', amid(({ page }, first) => ({ ...first, page })), /an item was sent twice/u],
  ['the total changes while the pages are read', amid(({ page, ...rest }) => ({ ...rest, page: { ...page, total_elements: COUNT + 1 } })), /1200 items are announced by the first page, 1201 by page 1/u],
  ['the total shrinks with the page that is lost', amid(({ page }) => ({ page: { ...page, total_elements: COUNT - 500, total_pages: 2 } })), /1200 items are announced by the first page, 700 by page 1/u],
];

/** @param readings - how many readings of the list, from its first page on, meet the loss */
async function run(args: readonly string[], loss: Loss, readings: number): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const network = createUndiciHttpClient();
  let [begun, first] = [0, null as Page | null];
  const httpClient: HttpClient = {
    async send(request, signal) {
      const response = await network.send(request, signal);
      if (request.operation.name !== OPERATION) return response;
      const page = JSON.parse(await textOf(response.body)) as Page;
      if (page.page.total_pages === 3 && page.page.number === 0) [begun, first] = [begun + 1, page];
      const sent = first === null || page.page.total_pages !== 3 || begun > readings ? page : loss(page, first);
      const { 'content-length': _length, ...headers } = response.headers;
      return { ...response, headers, body: bytesOf(JSON.stringify(sent)) };
    },
    close: () => network.close(),
  };
  const [stdout, stderr] = [createTextSink({ width: 80 }), createTextSink()];
  const env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
  const input = { args: [...args, '--platform-url', emulator.url], env, cwd, homeDir: cwd, platform: process.platform, stdout, stderr };
  const exitCode = await runCli({ ...input, signal: new AbortController().signal, clock: systemClock, httpClient });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString('utf8');
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** The pages that were asked for, in order. */
function pagesAsked(): readonly (string | undefined)[] {
  return emulator.journal().filter(({ operation }) => operation === OPERATION).map(({ parameters }) => parameters['page']);
}

const COMMANDS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['findings', ['findings', '--app', 'Shop', '--kind', 'static']],
  ['findings --json', ['findings', '--app', 'Shop', '--json']],
  ['baseline save', ['baseline', 'save', '--app', 'Shop', '--to', 'known.json']],
  ['applications changed', ['applications', 'changed', '--since', '2020-01-01', '--with', 'findings', '--cursor', 'cursor.json']],
];

describe('findings of three pages', () => {
  describe.each(COMMANDS)('by %s', (_name, args) => {
    it.each(LOSSES)('are an error and not a shorter list when each time %s', async (_loss, loss, said) => {
      const { exitCode, stdout, stderr } = await run(args, loss, Infinity);
      expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringMatching(said) });
      // Not one finding, and nothing that a program could take for a whole answer.
      expect(stdout).not.toMatch(/"cwe"|No findings|\d findings/u);
      expect(() => JSON.parse(stdout) as unknown).toThrow(SyntaxError);
      expect(['known.json', 'cursor.json'].filter((file) => existsSync(join(cwd, file)))).toEqual([]);
      // Read once more from the start, and not again and again.
      expect(pagesAsked().filter((page) => page === '0')).toHaveLength(2);
    });
  });

  it.each(LOSSES)('are read once more from the start, and are whole then, when once %s', async (_name, loss) => {
    const { exitCode, stdout } = await run(['findings', '--app', 'Shop', '--kind', 'static', '--all', '--json'], loss, 1);
    expect(exitCode).toBe(0);
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly id: string }[] };
    expect(new Set(findings.map(({ id }) => id)).size).toBe(COUNT);
    expect(findings).toHaveLength(COUNT);
    const asked = pagesAsked();
    expect(asked.slice(asked.lastIndexOf('0'))).toEqual(['0', '1', '2']);
    expect(asked.filter((page) => page === '0')).toHaveLength(2);
  });

  it('are an error when the total changes twice, each time to another one', async () => {
    let total = COUNT;
    const growing = amid(({ page, ...rest }) => ({ ...rest, page: { ...page, total_elements: (total += 1) } }));
    const { exitCode, stdout, stderr } = await run(['findings', '--app', 'Shop', '--json'], growing, 2);
    expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringMatching(/in 2 readings: 1200 items are announced by the first page, 1202 by page 1/u) });
    expect(stdout).not.toContain('"cwe"');
    expect(pagesAsked()).toEqual(['0', '1', '0', '1']);
  });
});
