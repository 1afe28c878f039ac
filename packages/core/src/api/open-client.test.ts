import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator, type RunningEmulator } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { createOpenClient, type OpenClient } from './open-client.js';
import { probeHost } from './probe-host.js';
import { getPlatformStatus } from './rest/status-page.js';

let emulator: RunningEmulator | undefined;
let server: Server | undefined;
let client: OpenClient | undefined;

afterEach(async () => {
  await client?.close();
  await emulator?.close();
  server?.close();
  [emulator, server, client] = [undefined, undefined, undefined];
});

async function serve(status: number, body: string): Promise<string> {
  const started = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
}

describe('probeHost', () => {
  it('takes a refusal for the answer that it is, and signs nothing', async () => {
    emulator = await startEmulator({});
    client = createOpenClient();
    expect(await probeHost(client, emulator.url)).toEqual({ status: 401, skewMs: 0 });
    expect(emulator.journal()).toMatchObject([{ operation: 'GET /healthcheck/status', account: null, status: 401 }]);
  });

  it.each([
    [3600, -1],
    [-3600, 1],
  ])('tells how far the clock of a host is off: %i s', async (seconds, sign) => {
    emulator = await startEmulator({ scenario: { faults: [{ operation: '*', kind: `clock-skew:${String(seconds)}`, count: 'all' }] } });
    client = createOpenClient();
    const { skewMs } = await probeHost(client, emulator.url);
    expect(Math.abs((skewMs ?? 0) - sign * 3_600_000)).toBeLessThan(5000);
  });

  it('says that there is no connection', async () => {
    client = createOpenClient();
    const url = await serve(200, '');
    server?.close();
    await expect(probeHost(client, url)).rejects.toMatchObject({ name: 'NetworkError', code: 'cannot-connect' });
  });
});

describe('getPlatformStatus', () => {
  it('reads incidents and maintenance', async () => {
    const maintenance = { startsInMinutes: 60, lastsMinutes: 30, title: 'New database' };
    emulator = await startEmulator({
      scenario: { settings: { maintenance, statusPage: { indicator: 'major', description: 'Partial outage', incidents: [{ name: 'Slow' }, { name: 'Old', status: 'resolved' }] } } },
    });
    client = createOpenClient();
    expect(await getPlatformStatus(client, emulator.url)).toEqual({
      indicator: 'major',
      description: 'Partial outage',
      incidents: [{ name: 'Slow', status: 'investigating', impact: 'minor', startedAt: expect.stringMatching(/Z$/u) }],
      maintenances: [{ name: 'New database', status: 'scheduled', startsAt: expect.stringMatching(/Z$/u), endsAt: expect.stringMatching(/Z$/u) }],
    });
  });

  it.each<[name: string, status: number, body: string, code: string]>([
    ['a page for people', 200, '<html></html>', 'not-json'],
    ['another shape', 200, '{"page":{}}', 'unexpected-shape'],
    ['a failure', 503, '{}', 'service-failed'],
    ['a page that is gone', 404, '{}', 'not-found'],
  ])('refuses %s', async (_name, status, body, code) => {
    client = createOpenClient();
    await expect(getPlatformStatus(client, await serve(status, body), { attempts: 1 })).rejects.toMatchObject({ code });
  });

  it('knows an unknown indicator for what it is', async () => {
    client = createOpenClient();
    expect(await getPlatformStatus(client, await serve(200, '{"status":{"indicator":"odd"}}'))).toEqual({ indicator: 'unknown', description: '', incidents: [], maintenances: [] });
  });
});
