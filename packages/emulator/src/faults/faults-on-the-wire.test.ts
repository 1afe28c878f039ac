import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { send, type ClientOptions, type Received } from '../../test/client.js';
import { startEmulator, type RunningEmulator, type StartEmulatorOptions } from '../start-emulator.js';
import { createSystemClock } from '../system-clock.js';

const running: RunningEmulator[] = [];

async function start(options: StartEmulatorOptions = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ scenario: { applications: [{ name: 'Web shop' }] }, ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

/** Waits for something that happens by itself. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function describeFailure(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

/** Creates a build while a fault is set; what the client sees, and what the platform did. */
async function createBuildWith(kind: string, emulator: RunningEmulator, client: ClientOptions = emulator): Promise<{ seen: Received | string; acted: boolean }> {
  const id = emulator.snapshot().applications[0]?.id ?? '';
  emulator.faults.set({ operation: 'createbuild.do', kind });
  const form = { app_id: id, version: 'v1' };
  const patience = new AbortController();
  const answered = send(client, '/api/5.0/createbuild.do', { form, signal: patience.signal }).catch(describeFailure);
  if (kind === 'stall') {
    await until(() => emulator.journal().at(-1)?.acted === true);
    patience.abort();
  }
  const seen = await answered;
  const acted = emulator.snapshot().applications[0]?.builds.length === 1;
  expect(emulator.journal().at(-1)).toMatchObject({ faults: [kind], acted });
  return { seen, acted };
}

describe('lost connections', () => {
  it.each<[string, boolean, string, number | null]>([
    ['reset-before', false, 'ECONNRESET', null],
    ['reset-after', true, 'ECONNRESET', null],
    ['cut-body', true, 'ECONNRESET', 200],
    ['stall', true, 'ABORT_ERR', null],
  ])('%s: acted %s, over HTTP and TLS', async (kind, acted, code, status) => {
    const emulator = await start({ tlsPort: 0 });
    const tls = { url: emulator.tlsUrl ?? '', apiId: emulator.apiId, apiKey: emulator.apiKey, ca: readFileSync(emulator.caFile ?? '', 'utf8') };
    expect(await createBuildWith(kind, emulator)).toEqual({ seen: code, acted });
    expect(emulator.journal().at(-1)).toMatchObject({ status });
    emulator.reset();
    expect(await createBuildWith(kind, emulator, tls)).toEqual({ seen: code, acted });
  });
});

describe('answers', () => {
  it.each<[string, boolean, number, RegExp, Record<string, string | undefined>]>([
    ['status:503', false, 503, /Error Code: 503/, { 'content-type': 'text/html;charset=UTF-8', 'retry-after': undefined }],
    ['status:429:7', false, 429, /Error Code: 429/, { 'retry-after': '7' }],
    ['status:204', false, 204, /^$/, {}],
    ['html-200', false, 200, /^<!DOCTYPE html>/, { 'content-type': 'text/html;charset=UTF-8' }],
    ['empty-200', true, 200, /^$/, { 'content-length': '0' }],
    ['wrong-root', true, 200, /<unexpecteddocument version="1.0"\/>/, { 'content-type': 'text/xml' }],
    ['bad-xml', true, 200, /<build version="v$/, { 'content-type': 'text/xml' }],
    ['bad-json', true, 200, /"guid":"$/, { 'content-type': 'application/json;charset=UTF-8' }],
    ['expired-credentials', false, 401, /Error Code: 401/, {}],
    ['clock-skew', false, 401, /Error Code: 401/, {}],
    ['delay:0.05', true, 200, /<buildinfo/, {}],
    ['duplicate-name', false, 200, /<error>There is another scan/, {}],
  ])('%s: acted %s, status %d', async (kind, acted, status, text, headers) => {
    const emulator = await start({ scenario: { applications: [{ name: 'Web shop' }], settings: { xmlStyle: 'plain' } } });
    const { seen, ...rest } = await createBuildWith(kind, emulator);
    expect(rest).toEqual({ acted });
    expect(seen).toMatchObject({ status, text: expect.stringMatching(text) });
    for (const [name, value] of Object.entries(headers)) {
      expect((seen as Received).headers[name]).toBe(value);
    }
  });

  it('clock-skew shows in the Date header, and a small one does no harm', async () => {
    const emulator = await start();
    const { seen } = await createBuildWith('clock-skew:100', emulator);
    const { status, headers } = seen as Received;
    expect(status).toBe(200);
    expect(Date.parse(String(headers['date'])) - Date.now()).toBeGreaterThan(90_000);
  });

  it('wrong-root and status speak JSON on REST calls', async () => {
    const emulator = await start();
    emulator.faults.set({ operation: 'GET /appsec/v1/applications', kind: 'status:503' }, { operation: 'GET /appsec/v1/applications', kind: 'wrong-root', nth: 2 });
    expect(JSON.parse((await send(emulator, '/appsec/v1/applications')).text)).toMatchObject({ http_code: 503 });
    expect(JSON.parse((await send(emulator, '/appsec/v1/applications')).text)).toEqual(['unexpected']);
  });

  it('a delay comes before the action, and the platform acts although nobody waits any longer', async () => {
    const system = createSystemClock();
    const delays: { readonly ms: number; readonly end: () => void }[] = [];
    const sleep = (ms: number): Promise<void> => new Promise((resolve) => delays.push({ ms, end: resolve }));
    const emulator = await start({ clock: { ...system, sleep } });
    emulator.faults.set({ operation: 'createbuild.do', kind: 'delay:30' });
    const patience = new AbortController();
    const form = { app_id: emulator.snapshot().applications[0]?.id ?? '', version: 'v1' };
    const answered = send(emulator, '/api/5.0/createbuild.do', { form, signal: patience.signal }).catch(describeFailure);
    await until(() => delays.length === 1);
    patience.abort();
    expect([await answered, delays[0]?.ms, emulator.snapshot().applications[0]?.builds]).toEqual(['ABORT_ERR', 30_000, []]);
    delays[0]?.end();
    await until(() => emulator.journal().at(-1)?.acted === true);
    expect(emulator.snapshot().applications[0]?.builds).toHaveLength(1);
  });

  it('an upload is reset before its body has arrived', async () => {
    const emulator = await start();
    emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'reset-before' });
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const upload = send(emulator, `/api/5.0/uploadlargefile.do?app_id=${id}&filename=a.jar`, { body: Buffer.alloc(8_000_000) });
    await expect(upload).rejects.toThrow(/ECONNRESET|EPIPE/);
    expect(emulator.journal()[0]).toMatchObject({ acted: false, bodyBytes: 0 });
  });
});
