import { describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../../test/fake-clock.js';
import { requestTo } from '../../../test/requests.js';
import { answer, scriptedSend, type Step } from '../../../test/scripted-send.js';
import { NetworkError } from '../../kernel/errors.js';
import { readBytes } from '../body.js';
import type { HttpRequest, HttpResponse, RequestBody } from '../http.js';
import { attemptTimeout } from './attempt-timeout.js';

const TIMEOUT_MS = 60_000;

/** What a well-behaved HttpClient does while nothing comes: it ends with the signal. */
function untilAborted(request: HttpRequest): Promise<never> {
  const { signal } = request.call;
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

async function run(clock: FakeClock, step: Step, change: Partial<HttpRequest> = {}): Promise<unknown> {
  const request = requestTo('https://api.veracode.com/', { attemptTimeoutMs: TIMEOUT_MS, ...change });
  return attemptTimeout(clock)(scriptedSend(step).send)({ request, decode: (response) => readBytes(response) }).catch(
    (error: unknown) => error,
  );
}

/** A response whose parts come after pauses. */
function dripping(clock: FakeClock, request: HttpRequest, parts: readonly { pauseMs: number; bytes: number }[]): HttpResponse {
  return {
    ...answer(200),
    body: (async function* () {
      const aborted = untilAborted(request);
      for (const { pauseMs, bytes } of parts) {
        await Promise.race([clock.sleep(pauseMs), aborted]);
        yield new Uint8Array(bytes);
      }
    })(),
  };
}

describe('attemptTimeout', () => {
  it('gives up an attempt that never answers', async () => {
    const clock = createFakeClock();
    await expect(run(clock, untilAborted)).resolves.toMatchObject({
      name: 'RequestTimeoutError',
      code: 'no-progress',
      outcome: 'unknown',
      message: 'test.do made no progress for 60 s and was given up.',
    });
    expect(clock.monotonicMs()).toBe(TIMEOUT_MS);
  });

  it('gives up a body that stalls', async () => {
    const clock = createFakeClock();
    const parts = [
      { pauseMs: 50_000, bytes: 5000 },
      { pauseMs: 70_000, bytes: 5000 },
    ];
    await expect(run(clock, async (request) => dripping(clock, request, parts))).resolves.toMatchObject({ code: 'no-progress' });
    expect(clock.monotonicMs()).toBe(110_000);
  });

  it('lets a slow but steady body take as long as it needs', async () => {
    const clock = createFakeClock();
    const parts = Array.from({ length: 100 }, () => ({ pauseMs: 59_000, bytes: 1024 }));
    await expect(run(clock, async (request) => dripping(clock, request, parts))).resolves.toHaveLength(102_400);
    expect(clock.monotonicMs()).toBe(5_900_000);
  });

  it('gives up a body that drips', async () => {
    const clock = createFakeClock();
    const parts = Array.from({ length: 1000 }, () => ({ pauseMs: 1000, bytes: 1 }));
    await expect(run(clock, async (request) => dripping(clock, request, parts))).resolves.toMatchObject({ code: 'no-progress' });
    expect(clock.monotonicMs()).toBe(TIMEOUT_MS);
  });

  it('counts each part of an upload that is taken as progress', async () => {
    const clock = createFakeClock();
    const body: RequestBody = {
      contentType: 'binary/octet-stream',
      sizeBytes: 50,
      async *open() {
        for (let part = 0; part < 50; part += 1) yield new Uint8Array(1);
      },
    };
    const upload: Step = async (request) => {
      for await (const part of request.body?.open() ?? []) {
        expect(part.byteLength).toBe(1);
        await clock.sleep(40_000);
      }
      return answer(200, 'done');
    };
    await expect(run(clock, upload, { method: 'POST', body })).resolves.toEqual(Buffer.from('done'));
    expect(clock.monotonicMs()).toBe(2_000_000);
  });

  it('gives up an upload whose parts are not taken', async () => {
    const clock = createFakeClock();
    await expect(run(clock, untilAborted, { method: 'POST' })).resolves.toMatchObject({ code: 'no-progress' });
  });

  it('leaves it to the HttpClient to know better', async () => {
    const clock = createFakeClock();
    const neverConnected = new NetworkError('', { code: 'cannot-connect', outcome: 'not-sent' });
    const step: Step = (request) =>
      untilAborted(request).catch(() => {
        throw neverConnected;
      });
    await expect(run(clock, step)).resolves.toBe(neverConnected);
  });

  it('hands on the signal of the call, before and during the attempt', async () => {
    const clock = createFakeClock();
    const gone = new Error('gone');
    const stop = new AbortController();
    void clock.sleep(10).then(() => stop.abort(gone));
    await expect(run(clock, untilAborted, { call: { signal: stop.signal } })).resolves.toBe(gone);
    await expect(run(clock, answer(200), { call: { signal: AbortSignal.abort(gone) } })).resolves.toBe(gone);
    expect(clock.monotonicMs()).toBe(10);
  });

  it('ends the signal of the attempt afterwards, and leaves no timer', async () => {
    const clock = createFakeClock();
    let seen: AbortSignal | undefined;
    await run(clock, async (request) => {
      seen = request.call.signal;
      expect(seen?.aborted).toBe(false);
      return answer(200);
    });
    expect(seen?.aborted).toBe(true);
    await clock.sleep(1);
    expect(clock.monotonicMs()).toBe(1);
  });
});
