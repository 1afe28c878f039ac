import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../../../test/fake-clock.js';
import { requestTo } from '../../../test/requests.js';
import { answer, scriptedSend, type Step } from '../../../test/scripted-send.js';
import { createDeadline } from '../../kernel/deadline.js';
import {
  AuthenticationError,
  ConflictError,
  NetworkError,
  NotFoundError,
  ProtocolError,
  RateLimitError,
  RefusedError,
  RequestTimeoutError,
  ServiceError,
} from '../../kernel/errors.js';
import { silentLogger } from '../../kernel/logger.js';
import type { CallOptions, HttpRequest } from '../http.js';
import { retry } from './retry.js';

const ok = answer(200, 'ok');
const URL_TEXT = 'https://analysiscenter.veracode.com/api/5.0/createbuild.do?app_name=Secret%20Project';

function requestWith(idempotent: boolean, call: CallOptions = {}): HttpRequest {
  return requestTo(URL_TEXT, { operation: { name: 'createbuild.do', idempotent, reads: false, limitClass: 'xml' }, call });
}

async function run(
  idempotent: boolean,
  steps: readonly Step[],
  call: CallOptions = {},
  clock = createFakeClock(),
): Promise<{ readonly outcome: unknown; readonly attempts: number; readonly sleeps: readonly number[] }> {
  const next = scriptedSend(...steps);
  const send = retry({ clock, random: { bytes: (n) => new Uint8Array(n), fraction: () => 0.5 }, logger: silentLogger })(next.send);
  const outcome = await send({ request: requestWith(idempotent, call), decode: async () => 'done' }).catch(
    (error: unknown) => error,
  );
  return { outcome, attempts: next.requests.length, sleeps: clock.sleeps };
}

/** A new error each time: a policy adds facts to it. */
const failures: Record<string, () => Error> = {
  'never sent': () => new NetworkError('no', { code: 'cannot-connect', outcome: 'not-sent' }),
  '429': () => new RateLimitError('no', { code: 'rate-limited', retryAfterMs: 7000 }),
  '503 with Retry-After': () => new ServiceError('no', { code: 'service-failed', outcome: 'refused', retryAfterMs: 3000, context: { status: 503 } }),
  '409 on applications': () => new ConflictError('no', { code: 'conflict', outcome: 'refused' }),
  reset: () => new NetworkError('no', { code: 'connection-lost', outcome: 'unknown' }),
  timeout: () => new RequestTimeoutError('no', { code: 'no-progress' }),
  'unreadable answer': () => new ProtocolError('no', { code: 'wrong-root' }),
  '502': () => new ServiceError('no', { code: 'service-failed', outcome: 'unknown', context: { status: 502 } }),
  '500': () => new ServiceError('no', { code: 'service-failed', outcome: 'unknown', context: { status: 500 } }),
  '401': () => new AuthenticationError('no', { code: 'credentials-refused' }),
  '404': () => new NotFoundError('no', { code: 'not-found' }),
  'an error document': () => new RefusedError('no', { code: 'refused', platformText: 'no' }),
  'bad certificate': () => new NetworkError('no', { code: 'certificate-refused', outcome: 'final' }),
};

describe('retry', () => {
  it.each([
    // failure, attempts of an idempotent operation, of another one
    ['never sent', 6, 6],
    ['429', 6, 6],
    ['503 with Retry-After', 6, 6],
    ['409 on applications', 6, 6],
    ['reset', 6, 1],
    ['timeout', 6, 1],
    ['unreadable answer', 6, 1],
    ['502', 6, 1],
    ['500', 3, 1],
    ['401', 1, 1],
    ['404', 1, 1],
    ['an error document', 1, 1],
    ['bad certificate', 1, 1],
  ])('%s: sends an idempotent call %i times, another %i times', async (name, idempotentAttempts, otherAttempts) => {
    const fail = failures[name];
    if (fail === undefined) throw new Error(name);
    const step: Step = async () => {
      throw fail();
    };
    const results = [await run(true, [step]), await run(false, [step])];
    expect(results.map((result) => result.attempts)).toEqual([idempotentAttempts, otherAttempts]);
    for (const result of results) {
      expect(result.outcome).toMatchObject({
        context: {
          operation: 'createbuild.do',
          method: 'GET',
          url: 'https://analysiscenter.veracode.com/api/5.0/createbuild.do',
          attempts: result.attempts,
        },
      });
    }
  });

  it('heals a fault that one repeat heals', async () => {
    const result = await run(true, [failures['502']?.() ?? new Error(), ok]);
    expect(result).toEqual({ outcome: 'done', attempts: 2, sleeps: [500] });
  });

  it('waits as long as it was told', async () => {
    const result = await run(false, [failures['429']?.() ?? new Error(), failures['503 with Retry-After']?.() ?? new Error(), ok]);
    expect(result).toEqual({ outcome: 'done', attempts: 3, sleeps: [7000, 3000] });
  });

  it.each([
    [3_600_000, 2],
    [3_600_001, 1],
  ])('told to wait %i ms, attempts %i times: longer than an hour it does not wait, and comes no earlier', async (retryAfterMs, attempts) => {
    const limited = new RateLimitError('no', { code: 'rate-limited', retryAfterMs });
    const result = await run(true, [limited, ok]);
    expect(result).toEqual({ outcome: attempts === 1 ? limited : 'done', attempts, sleeps: attempts === 1 ? [] : [retryAfterMs] });
  });

  it('backs off', async () => {
    const { sleeps } = await run(true, [failures['502']?.() ?? new Error()]);
    expect(sleeps).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  it('counts only 500s as 500s', async () => {
    const steps = ['500', '502', '500', '502', '500'].map((name) => failures[name]?.() ?? new Error());
    expect((await run(true, steps)).attempts).toBe(5);
  });

  it.each([
    [1, 1],
    [3, 3],
    [0, 1],
  ])('sends at most %i times when told so', async (attempts, expected) => {
    expect((await run(true, [failures['502']?.() ?? new Error()], { attempts })).attempts).toBe(expected);
  });

  it('does not touch what is not an error of ours', async () => {
    const bug = new TypeError('undefined is not a function');
    expect(await run(true, [bug])).toEqual({ outcome: bug, attempts: 1, sleeps: [] });
  });

  it('does not repeat when the caller has gone', async () => {
    const stop = new AbortController();
    const step: Step = async () => {
      stop.abort(new Error('cancelled'));
      throw failures['502']?.() ?? new Error();
    };
    expect(await run(true, [step], { signal: stop.signal })).toMatchObject({ attempts: 1, sleeps: [] });
  });

  it('stops sleeping when the caller goes', async () => {
    const stop = new AbortController();
    const cancelled = new Error('cancelled');
    const clock = createFakeClock();
    const first: Step = async () => {
      void clock.sleep(100).then(() => stop.abort(cancelled));
      throw failures['429']?.() ?? new Error();
    };
    const result = await run(true, [first, ok], { signal: stop.signal }, clock);
    expect(result).toMatchObject({ outcome: cancelled, attempts: 1 });
    expect(clock.monotonicMs()).toBe(100);
  });

  it('throws the last failure at once when the wait would reach the deadline', async () => {
    const clock = createFakeClock();
    const deadline = createDeadline(clock, 7000);
    const result = await run(true, [failures['429']?.() ?? new Error()], { deadline }, clock);
    expect(result).toMatchObject({ outcome: { name: 'RateLimitError', context: { attempts: 1 } }, attempts: 1, sleeps: [] });
    expect(clock.monotonicMs()).toBe(0);
  });

  it('never sleeps past a deadline, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120_000 }),
        fc.array(fc.constantFrom(...Object.keys(failures)), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (timeoutMs, names, idempotent) => {
          const clock = createFakeClock();
          const deadline = createDeadline(clock, timeoutMs);
          const steps = names.map((name) => failures[name]?.() ?? new Error(name));
          const { attempts } = await run(idempotent, steps, { deadline }, clock);
          expect(clock.monotonicMs()).toBeLessThanOrEqual(timeoutMs);
          expect(attempts).toBeLessThanOrEqual(6);
        },
      ),
    );
  });
});
