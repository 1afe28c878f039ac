import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../../test/fake-clock.js';
import { requestTo } from '../../test/requests.js';
import { answer, type Step } from '../../test/scripted-send.js';
import { parseCredentials } from '../auth/credentials.js';
import { createAuthorizationHeader } from '../auth/signature.js';
import { createDeadline } from '../kernel/deadline.js';
import { NetworkError, RequestTimeoutError } from '../kernel/errors.js';
import type { LogFields, Logger } from '../kernel/logger.js';
import type { RandomSource } from '../kernel/random.js';
import { readText } from './body.js';
import type { HttpClient, HttpRequest } from './http.js';
import { createPipeline } from './pipeline.js';
import { createRateLimiter } from './policies/rate-limit.js';

const API_KEY = 'c0ffee'.repeat(24);
const credentials = parseCredentials({ apiId: `vera01ei-${'ab'.repeat(16)}`, apiKey: `vera01es-${API_KEY}` });

interface World {
  readonly sent: readonly HttpRequest[];
  readonly logged: readonly { readonly message: string; readonly fields: LogFields | undefined }[];
  readonly clock: ReturnType<typeof createFakeClock>;
  send(change?: Partial<HttpRequest>): Promise<unknown>;
}

/** The whole pipeline over a scripted `HttpClient`. */
function createWorld(...steps: readonly Step[]): World {
  const sent: HttpRequest[] = [];
  const logged: { message: string; fields: LogFields | undefined }[] = [];
  const httpClient: HttpClient = {
    send: async (request) => {
      const step = steps[Math.min(sent.length, steps.length - 1)];
      sent.push(request);
      if (step === undefined || step instanceof Error) throw step ?? new Error('the script is empty');
      return typeof step === 'function' ? step(request) : step;
    },
    close: async () => undefined,
  };
  const log = (message: string, fields?: LogFields): unknown => logged.push({ message, fields });
  const logger: Logger = { debug: log, warn: log };
  let count = 0;
  const random: RandomSource = { bytes: (size) => new Uint8Array(size).fill((count += 1)), fraction: () => 0.5 };
  const clock = createFakeClock();
  const send = createPipeline({ httpClient, credentials, userAgent: 'verapipe/1.0.0', limiter: createRateLimiter({ clock }), clock, random, logger });
  return {
    sent,
    logged,
    clock,
    send: (change = {}) =>
      send({
        request: requestTo('https://analysiscenter.veracode.eu/api/5.0/test.do?app_name=Project%20X', {
          headers: {},
          ...change,
        }),
        decode: (response) => readText(response),
      }).catch((error: unknown) => error),
  };
}

describe('createPipeline', () => {
  it('identifies and signs what it sends', async () => {
    const world = createWorld(answer(200, 'ok'));
    await expect(world.send({ headers: { accept: 'application/json' } })).resolves.toBe('ok');
    const [request] = world.sent;
    expect(request?.headers).toEqual({
      'user-agent': 'verapipe/1.0.0',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      authorization: createAuthorizationHeader({
        credentials,
        method: 'GET',
        url: request?.url ?? new URL('x:'),
        timestampMs: world.clock.now(),
        nonce: new Uint8Array(16).fill(1),
      }),
    });
  });

  it('signs after it has waited, with a new nonce', async () => {
    const world = createWorld(answer(429, '', { 'retry-after': '30' }), answer(200, 'ok'));
    await expect(world.send()).resolves.toBe('ok');
    const parts = world.sent.map(({ headers }) => /ts=(\d+),nonce=(\w+)/.exec(headers['authorization'] ?? ''));
    expect(Number(parts[1]?.[1]) - Number(parts[0]?.[1])).toBe(30_000);
    expect(parts[1]?.[2]).not.toBe(parts[0]?.[2]);
  });

  it('signs exactly what is sent, whatever the URL', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webUrl({ withQueryParameters: true, withFragments: true }), async (text) => {
        const world = createWorld(answer(200, 'ok'));
        await world.send({ url: new URL(text), method: 'POST' });
        const [request] = world.sent;
        const { host, hostname, pathname, search } = new URL(text);
        expect(request?.url.host).toBe(host);
        const header = request?.headers['authorization'] ?? '';
        const [, id = '', ts = '', nonce = '', signature = ''] = /id=(\w+),ts=(\d+),nonce=(\w+),sig=(\w+)$/.exec(header) ?? [];
        const steps = [Buffer.from(nonce, 'hex'), ts, 'vcode_request_version_1', `id=${id}&host=${hostname}&url=${pathname}${search}&method=POST`];
        const own = steps.reduce<Buffer>((key, step) => createHmac('sha256', key).update(step).digest(), Buffer.from(API_KEY, 'hex'));
        expect(signature).toBe(own.toString('hex'));
      }),
      { numRuns: 50 },
    );
  });

  it('takes an answer that cannot be decoded for a failed attempt', async () => {
    const cut = answer(200, Buffer.from([0xc3]).toString('latin1'));
    const broken = { ...cut, body: (async function* () { yield Uint8Array.of(0xff); })() };
    const world = createWorld(broken, answer(200, 'ok'));
    await expect(world.send()).resolves.toBe('ok');
    expect(world.sent).toHaveLength(2);
  });

  it('gives up with what support will ask for', async () => {
    const world = createWorld(answer(502, '<html>', { 'x-conversation-id': 'c-1' }));
    await expect(world.send()).resolves.toMatchObject({
      name: 'ServiceError',
      context: {
        operation: 'test.do',
        method: 'GET',
        url: 'https://analysiscenter.veracode.eu/api/5.0/test.do',
        status: 502,
        attempts: 6,
        conversationId: 'c-1',
      },
    });
  });

  it('ends at the deadline in the middle of an attempt that stalls', async () => {
    const stalled: Step = (request) =>
      new Promise((_resolve, reject) => {
        const signal = request.call.signal;
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const world = createWorld(stalled);
    const deadline = createDeadline(world.clock, 150_000);
    await expect(world.send({ call: { deadline }, attemptTimeoutMs: 60_000 })).resolves.toMatchObject({ name: 'DeadlineError' });
    expect(world.clock.monotonicMs()).toBe(150_000);
  });

  it('logs every request and answer with neither key, signature nor parameter values', async () => {
    const world = createWorld(
      new NetworkError('', { code: 'connection-lost', outcome: 'unknown' }),
      answer(200, 'ok', { 'x-conversation-id': 'c-1', 'set-cookie': 'session=hidden' }),
    );
    await world.send();
    expect(world.logged.map(({ message }) => message)).toEqual([
      'request',
      'attempt failed',
      'attempt failed, will repeat',
      'request',
      'response',
    ]);
    const printed = inspect(world.logged, { depth: 10 });
    expect(printed).toContain('app_name');
    expect(printed).toContain("'response.set-cookie': '[redacted]'");
    for (const secret of [API_KEY, /sig=[0-9a-f]/, 'Project', 'hidden', 'ab'.repeat(16)]) {
      expect(printed).not.toMatch(secret);
    }
  });

  it('logs a bug as such, and hands it on', async () => {
    const bug = new TypeError('bug');
    const world = createWorld(bug);
    await expect(world.send()).resolves.toBe(bug);
    expect(world.logged.at(-1)).toMatchObject({ message: 'attempt failed', fields: { error: 'unexpected' } });
  });

  it.each([
    ['a lost connection', new NetworkError('', { code: 'connection-lost', outcome: 'unknown' })],
    ['a stall', new RequestTimeoutError('', { code: 'no-progress' })],
    ['a refusal that echoes the request', answer(401, `{"message":"VERACODE-HMAC-SHA-256 id=a,ts=1,nonce=2,sig=${'0f'.repeat(32)}"}`)],
    ['an outage', answer(500, 'x')],
  ])('never shows a secret in the error of %s', async (_name, step) => {
    const failure = await createWorld(step).send();
    const printed = inspect(failure, { depth: 20, showHidden: true }) + JSON.stringify(failure);
    expect(printed).not.toContain(API_KEY);
    expect(printed).not.toMatch(/sig=[0-9a-f]/);
  });
});
