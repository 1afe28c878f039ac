import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../../../test/fake-clock.js';
import { requestTo } from '../../../test/requests.js';
import { answer, scriptedSend } from '../../../test/scripted-send.js';
import { LocalError, NetworkError, ProtocolError, type VeracodeError } from '../../kernel/errors.js';
import { readText } from '../body.js';
import type { HttpRequest, HttpResponse } from '../http.js';
import { receive } from './receive.js';

const NOW = Date.UTC(2026, 0, 15);
const HTML = `<!DOCTYPE html><html><head><title>Error 401</title></head><body>${'x'.repeat(5000)}</body></html>`;
const dateAt = (offsetMs: number): string => new Date(NOW + offsetMs).toUTCString();

async function run(
  response: HttpResponse,
  change: Partial<HttpRequest> = {},
  decode: (response: HttpResponse) => Promise<unknown> = (received) => readText(received),
): Promise<unknown> {
  const send = receive(createFakeClock(NOW))(scriptedSend(response).send);
  return send({ request: requestTo('https://api.veracode.com/x', change), decode }).catch((error: unknown) => error);
}

describe('receive', () => {
  it.each([200, 201, 204, 299])('decodes a %i', async (status) => {
    await expect(run(answer(status, 'text'))).resolves.toBe('text');
  });

  it.each([
    [302, 'ServiceError', 'redirected', 'final'],
    [400, 'ServiceError', 'bad-request', 'final'],
    [401, 'AuthenticationError', 'credentials-refused', 'final'],
    [403, 'AuthorizationError', 'access-denied', 'final'],
    [404, 'NotFoundError', 'not-found', 'final'],
    [409, 'ConflictError', 'conflict', 'final'],
    [418, 'ServiceError', 'bad-request', 'final'],
    [429, 'RateLimitError', 'rate-limited', 'refused'],
    [500, 'ServiceError', 'service-failed', 'unknown'],
    [502, 'ServiceError', 'service-failed', 'unknown'],
    [503, 'ServiceError', 'service-failed', 'unknown'],
    [504, 'ServiceError', 'service-failed', 'unknown'],
    [524, 'ServiceError', 'service-failed', 'unknown'],
  ])('turns a %i into %s %s (%s)', async (status, name, code, outcome) => {
    const failure = await run(answer(status, '{"message":"the reason"}', { 'x-conversation-id': 'a-1, b-2' }));
    expect(failure).toMatchObject({ name, code, outcome, context: { status, conversationId: 'a-1, b-2' } });
    if (status !== 302) expect((failure as Error).message).toContain(`(${status}): the reason.`);
  });

  it.each([
    [300, /platform URL and any gateway/],
    [302, /platform URL and any gateway/],
    [401, /expired or revoked/],
    [403, /API role/],
    [409, /try again later/],
    [429, /share the limit/],
    [503, /status\.veracode\.com/],
  ])('says what to do about a %i', async (status, advice) => {
    expect(await run(answer(status))).toMatchObject({ advice: expect.stringMatching(advice) });
  });

  it.each([
    [300, /^.+ was redirected \(300\); redirects are not followed/],
    [404, /asks for \(404\)\.$/],
  ])('says nothing after the number where the platform says nothing: %i', async (status, message) => {
    const failure = (await run(answer(status))) as VeracodeError;
    expect(failure.message).toMatch(message);
    expect(failure.context).toEqual({ status });
  });

  it.each([
    ['429 with a time', 429, { 'retry-after': '7' }, 7000, 'refused'],
    ['429 without', 429, {}, 60_000, 'refused'],
    ['429 with nonsense', 429, { 'retry-after': 'soon' }, 60_000, 'refused'],
    ['503 with a time', 503, { 'retry-after': '9' }, 9000, 'refused'],
    ['503 with a date', 503, { 'retry-after': dateAt(30_000), date: dateAt(10_000) }, 20_000, 'refused'],
    ['503 with nonsense', 503, { 'retry-after': 'soon' }, undefined, 'unknown'],
    ['500 with a time, which says nothing about what was done', 500, { 'retry-after': '9' }, undefined, 'unknown'],
  ])('understands %s', async (_name, status, headers, retryAfterMs, outcome) => {
    expect(await run(answer(status, '', headers))).toMatchObject({ retryAfterMs, outcome });
  });

  it('takes a 409 of an application for passing', async () => {
    const rest = { operation: { name: 'x', idempotent: false, reads: false, limitClass: 'rest' as const } };
    const url = new URL('https://api.veracode.com/appsec/v1/applications/guid');
    expect(await run(answer(409), { ...rest, url })).toMatchObject({ name: 'ConflictError', outcome: 'refused' });
    expect(await run(answer(409), { url })).toMatchObject({ outcome: 'final' });
    expect(await run(answer(409), rest)).toMatchObject({ outcome: 'final' });
  });

  it.each([
    ['behind', dateAt(600_000), "This machine's clock is 600 s behind the platform's."],
    ['ahead', dateAt(-90_000), "This machine's clock is 90 s ahead of the platform's."],
  ])('tells of a clock that is %s', async (_name, date, sentence) => {
    expect(await run(answer(401, HTML, { date }))).toMatchObject({ message: expect.stringContaining(sentence) });
  });

  it.each([
    ['right enough', dateAt(-60_000)],
    ['unknown', 'yesterday'],
  ])('says nothing about a clock that is %s', async (_name, date) => {
    expect(await run(answer(401, HTML, { date }))).toMatchObject({ message: expect.not.stringContaining('clock is') });
  });

  it('shows of an HTML page only its title', async () => {
    const failure = await run(answer(401, HTML));
    expect(failure).toMatchObject({
      message: 'The platform refused the credentials for test.do (401): an HTML page titled "Error 401".',
    });
  });

  it('keeps the status when the page is endless or cut', async () => {
    const endless: HttpResponse = {
      ...answer(502),
      body: (async function* () {
        for (;;) yield Buffer.alloc(65_536, '<');
      })(),
    };
    const cut: HttpResponse = {
      ...answer(403),
      // eslint-disable-next-line require-yield -- it breaks before the first byte
      body: (async function* (): AsyncGenerator<Uint8Array> {
        throw new NetworkError('', { code: 'connection-lost', outcome: 'unknown' });
      })(),
    };
    expect(await run(endless)).toMatchObject({ name: 'ServiceError', context: { status: 502 } });
    expect(await run(cut)).toMatchObject({ name: 'AuthorizationError' });
  });

  it('does not hide that the attempt was ended while the page was read', async () => {
    const reason = new Error('ended');
    const ended: HttpResponse = {
      ...answer(500),
      // eslint-disable-next-line require-yield -- it breaks before the first byte
      body: (async function* (): AsyncGenerator<Uint8Array> {
        throw reason;
      })(),
    };
    expect(await run(ended)).toBe(reason);
  });

  it('gives the facts of the answer to what the decoder throws, and cleans the conversation id', async () => {
    const headers = { 'x-conversation-id': `a\u001b[31m${'0f'.repeat(32)} ${'x'.repeat(300)}` };
    const failure = await run(answer(200, '', headers), {}, async () => {
      throw new ProtocolError('', { code: 'wrong-root' });
    });
    expect(failure).toMatchObject({ context: { status: 200, conversationId: `a31mredacted ${'x'.repeat(87)}` } });
    const local = new LocalError('', { code: 'disk-full' });
    expect(
      await run(answer(200), {}, async () => {
        throw local;
      }),
    ).toBe(local);
    const bug = new TypeError('bug');
    expect(
      await run(answer(200), {}, async () => {
        throw bug;
      }),
    ).toBe(bug);
  });
});
