import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../../../test/fake-clock.js';
import { answer } from '../../../test/scripted-send.js';
import { parseCredentials } from '../../auth/credentials.js';
import type { HttpRequest } from '../../transport/http.js';
import { createVeracodeClient } from '../create-client.js';
import { getOwnCredentials } from './credentials.js';

const API_ID = 'ab'.repeat(16);

async function ask(body: string): Promise<{ readonly outcome: unknown; readonly requests: readonly HttpRequest[] }> {
  const requests: HttpRequest[] = [];
  const client = createVeracodeClient({
    credentials: parseCredentials({ apiId: API_ID, apiKey: '0f'.repeat(64) }),
    region: 'european',
    clock: createFakeClock(),
    httpClient: {
      send: async (request) => {
        requests.push(request);
        return answer(200, body);
      },
      close: async () => undefined,
    },
  });
  const outcome = await getOwnCredentials(client).catch((error: unknown) => error);
  await client.close();
  return { outcome, requests };
}

describe('getOwnCredentials', () => {
  it.each([
    ['a valid pair', { expiration_ts: '2026-12-30T00:00:00.000+0000' }, { expiresAt: '2026-12-30T00:00:00.000Z', revoked: false }],
    ['a revoked pair', { expiration_ts: '2026-12-30T00:00:00.000+0000', revocation_ts: '2026-01-15T09:30:00.000+0000', revocation_user: 'a' }, { expiresAt: '2026-12-30T00:00:00.000Z', revoked: true }],
    ['a pair without end', { expiration_ts: null, revocation_ts: null }, { expiresAt: null, revoked: false }],
    ['the form of other REST services', { expiration_ts: '2026-12-30T00:00:00.000Z' }, { expiresAt: '2026-12-30T00:00:00.000Z', revoked: false }],
    ['the form of summary reports', { expiration_ts: '2026-12-30 00:00:00 UTC' }, { expiresAt: '2026-12-30T00:00:00.000Z', revoked: false }],
    ['the form of pipeline scans', { expiration_ts: '2026-12-30T00:00:00.180433' }, { expiresAt: '2026-12-30T00:00:00.180Z', revoked: false }],
  ])('reads %s', async (_name, fields, expected) => {
    const { outcome, requests } = await ask(JSON.stringify({ api_id: API_ID, ...fields }));
    expect(outcome).toEqual({ apiId: API_ID, ...expected });
    expect(requests.map(({ method, url }) => `${method} ${url.href}`)).toEqual(['GET https://api.veracode.eu/api/authn/v2/api_credentials']);
  });

  it.each([
    ['a login page', '<html></html>'],
    ['nothing', ''],
    ['an answer without id', '{"expiration_ts":null}'],
    ['a date that is none', `{"api_id":"${API_ID}","expiration_ts":"soon"}`],
  ])('asks again after %s, and ends with a ProtocolError', async (_name, body) => {
    const { outcome, requests } = await ask(body);
    expect(outcome).toMatchObject({ name: 'ProtocolError', context: { operation: 'GET /api/authn/v2/api_credentials', attempts: 6 } });
    expect(requests).toHaveLength(6);
  });
});
