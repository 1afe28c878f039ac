import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock, type FakeClock } from '../../../test/fake-clock.js';
import { requestTo } from '../../../test/requests.js';
import { answer, scriptedSend, type Step } from '../../../test/scripted-send.js';
import { RateLimitError, ServiceError } from '../../kernel/errors.js';
import type { HttpRequest, LimitClass, Send } from '../http.js';
import { CALLS_PER_MINUTE, createTokenBucket } from './limits.js';
import { createRateLimiter } from './rate-limit.js';

function requestFor(limitClass: LimitClass, host = 'analysiscenter.veracode.com', signal?: AbortSignal): HttpRequest {
  return requestTo(`https://${host}/`, {
    operation: { name: limitClass, idempotent: true, reads: true, limitClass },
    call: signal === undefined ? {} : { signal },
  });
}

function send(through: Send, request: HttpRequest): Promise<string> {
  return through({ request, decode: async () => 'done' });
}

/** Records when each attempt passed. */
function recorder(clock: FakeClock, times: number[]): Step {
  return async () => {
    times.push(clock.monotonicMs());
    return answer(200);
  };
}

/** The largest number of moments within any 60 seconds. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 60_000).length));
}

describe('createRateLimiter', () => {
  it.each([
    ['xml', 1, 250],
    ['xml-report', 1, 80],
    ['rest', 1, 500],
    ['pipeline-start', 1, 6],
    ['xml', 10, 25],
    ['pipeline-start', 10, 1],
  ] as const)('%s shared by %i lets at most %i calls pass in any minute', async (limitClass, rateShare, limit) => {
    const clock = createFakeClock();
    const times: number[] = [];
    const through = createRateLimiter({ clock, rateShare })(scriptedSend(recorder(clock, times)).send);
    const calls = Math.ceil(limit * 2.5);
    await Promise.all(Array.from({ length: calls }, () => send(through, requestFor(limitClass))));
    expect(times).toHaveLength(calls);
    expect(busiestMinute(times)).toBeLessThanOrEqual(limit);
    // Nor is it needlessly slow: nine tenths of the limit flow.
    expect(clock.monotonicMs()).toBeLessThanOrEqual((calls / ((CALLS_PER_MINUTE[limitClass] / rateShare) * 0.9)) * 60_000);
  });

  it('counts classes and hosts apart', async () => {
    const clock = createFakeClock();
    const through = createRateLimiter({ clock })(scriptedSend(async () => answer(200)).send);
    await send(through, requestFor('pipeline-start'));
    await send(through, requestFor('pipeline-start', 'api.veracode.eu'));
    await send(through, requestFor('rest'));
    expect(clock.monotonicMs()).toBe(0);
    await send(through, requestFor('pipeline-start'));
    expect(clock.monotonicMs()).toBeGreaterThan(0);
  });

  it('holds back every caller of the host after one 429', async () => {
    const clock = createFakeClock();
    const times: number[] = [];
    const record = recorder(clock, times);
    const limited = new RateLimitError('', { code: 'rate-limited', retryAfterMs: 30_000 });
    const through = createRateLimiter({ clock })(scriptedSend(limited, record).send);
    await expect(send(through, requestFor('xml'))).rejects.toBe(limited);
    await Promise.all([
      send(through, requestFor('xml')),
      send(through, requestFor('rest')),
      send(through, requestFor('rest', 'api.veracode.eu')),
    ]);
    expect([...times].sort((a, b) => a - b)).toEqual([0, 30_000, 30_000]);
  });

  it('holds back the callers of every client that it was given to', async () => {
    const clock = createFakeClock();
    const times: number[] = [];
    const limiter = createRateLimiter({ clock });
    const limited = new RateLimitError('', { code: 'rate-limited', retryAfterMs: 30_000 });
    await expect(send(limiter(scriptedSend(limited).send), requestFor('rest'))).rejects.toBe(limited);
    await send(limiter(scriptedSend(recorder(clock, times)).send), requestFor('rest'));
    expect(times).toEqual([30_000]);
  });

  it('ends the calls that come while a host wants to be left alone for more than an hour, and waits for the last one', async () => {
    const clock = createFakeClock();
    const limited = new RateLimitError('', { code: 'rate-limited', retryAfterMs: 7_200_000 });
    const next = scriptedSend(limited, answer(200));
    const through = createRateLimiter({ clock })(next.send);
    await expect(send(through, requestFor('xml'))).rejects.toBe(limited);
    await expect(send(through, requestFor('rest'))).rejects.toMatchObject({
      name: 'RateLimitError',
      code: 'host-paused',
      retryAfterMs: 7_200_000,
      message: 'The platform has asked to be left alone for 120 minutes more.',
      advice: expect.stringContaining('--rate-share'),
    });
    expect(next.requests).toHaveLength(1);
    clock.advance(3_600_000);
    await send(through, requestFor('rest'));
    expect(clock.monotonicMs()).toBe(7_200_000);
  });

  it('holds back a caller that waits for a place while the 429 comes', async () => {
    const clock = createFakeClock();
    const times: number[] = [];
    const limited = new RateLimitError('', { code: 'rate-limited', retryAfterMs: 60_000 });
    const slow: Step = async () => {
      await clock.sleep(1000);
      throw limited;
    };
    const through = createRateLimiter({ clock })(scriptedSend(slow, slow, slow, slow, slow, recorder(clock, times)).send);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => send(through, requestFor('rest'))));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([...Array<string>(5).fill('rejected'), 'fulfilled']);
    expect(times).toEqual([61_000]);
  });

  it('does not pause for a 429 that names no time, nor for another failure', async () => {
    const clock = createFakeClock();
    const failures = [
      new RateLimitError('', { code: 'x' }),
      new ServiceError('', { code: 'x', outcome: 'refused', retryAfterMs: 9000 }),
    ];
    const through = createRateLimiter({ clock })(scriptedSend(...failures, answer(200)).send);
    for (const failure of failures) await expect(send(through, requestFor('xml'))).rejects.toBe(failure);
    await send(through, requestFor('xml'));
    expect(clock.monotonicMs()).toBe(0);
  });

  it('lets five through at a time', async () => {
    const clock = createFakeClock();
    let running = 0;
    let most = 0;
    const through = createRateLimiter({ clock })(
      scriptedSend(async () => {
        running += 1;
        most = Math.max(most, running);
        await clock.sleep(10);
        running -= 1;
        return answer(200);
      }).send,
    );
    await Promise.all(Array.from({ length: 20 }, () => send(through, requestFor('rest'))));
    expect(most).toBe(5);
  });

  it.each(['a token', 'a place', 'its turn'])('stops waiting for %s when the caller goes, and others go on', async (what) => {
    const clock = createFakeClock();
    const stop = new AbortController();
    const gone = new Error('gone');
    const limitClass = what === 'a place' ? 'rest' : 'pipeline-start';
    const through = createRateLimiter({ clock })(
      scriptedSend(async () => {
        await clock.sleep(5000);
        return answer(200);
      }).send,
    );
    const before = { 'a token': 1, 'a place': 5, 'its turn': 2 }[what] ?? 0;
    const others = Array.from({ length: before }, () => send(through, requestFor(limitClass)));
    const ours = send(through, requestFor(limitClass, undefined, stop.signal));
    const later = send(through, requestFor(limitClass));
    void clock.sleep(100).then(() => stop.abort(gone));
    await expect(ours).rejects.toBe(gone);
    expect(clock.monotonicMs()).toBe(100);
    await expect(Promise.all([...others, later])).resolves.toHaveLength(before + 1);
  });

  it('lets nobody in who has gone before', async () => {
    const next = scriptedSend(answer(200));
    const gone = new Error('gone');
    const through = createRateLimiter({ clock: createFakeClock() })(next.send);
    await expect(send(through, requestFor('xml', undefined, AbortSignal.abort(gone)))).rejects.toBe(gone);
    expect(next.requests).toHaveLength(0);
  });
});

describe('createTokenBucket', () => {
  it('never lets more than the limit pass in any minute, whatever the pace', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 300, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 200 }),
        (perMinute, pauses) => {
          const bucket = createTokenBucket(perMinute);
          const times: number[] = [];
          let nowMs = 0;
          for (const pauseMs of pauses) {
            nowMs += pauseMs;
            nowMs += bucket.waitMs(nowMs);
            expect(bucket.waitMs(nowMs)).toBe(0);
            bucket.take(nowMs);
            times.push(nowMs);
          }
          expect(busiestMinute(times)).toBeLessThanOrEqual(Math.max(1, Math.floor(perMinute)));
        },
      ),
    );
  });

  it('does not mind a clock that stands still or steps back', () => {
    const bucket = createTokenBucket(CALLS_PER_MINUTE['pipeline-start']);
    bucket.take(1000);
    expect([bucket.waitMs(1000), bucket.waitMs(500), bucket.waitMs(1000)]).toEqual([10_000, 10_500, 10_000]);
  });
});
