import { readFile } from 'node:fs/promises';

import { type RunningEmulator, startEmulator } from '@verapipe/emulator';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { exchange } from '../src/code-insights/exchange.js';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ tlsPort: 0 });
});
afterAll(() => emulator.close());

/** Any server with a certificate of its own will do. */
it('trusts the authorities of CA_BUNDLE, and none that it does not know', async () => {
  const call = { method: 'GET', url: new URL('/__emulator/state', emulator.tlsUrl ?? '') } as const;
  const place = { id: 'own', url: call.url, proxy: null, authorization: null };
  const ca = await readFile(emulator.caFile ?? '', 'utf8');
  expect(await exchange(call, { ...place, ca }, AbortSignal.timeout(60_000))).toMatchObject({ status: 200, text: expect.stringContaining('applications') });
  await expect(exchange(call, { ...place, ca: null }, AbortSignal.timeout(60_000))).rejects.toMatchObject({ code: expect.stringMatching(/CERT|VERIFY/u) });
});

it('ends when its time is over', async () => {
  const place = { id: 'own', url: new URL(emulator.url), proxy: null, authorization: null, ca: null };
  await expect(exchange({ method: 'GET', url: place.url }, place, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORT_ERR' });
});
