import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createFakeClock, type FakeClock } from '../../test/fake-clock.js';
import { seededRandom } from '../../test/seeded-random.js';
import { createDeadline } from '../kernel/deadline.js';
import { DeadlineError, NetworkError, RateLimitError, RefusedError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { type PollReport, waitUntil, type WaitOptions } from './wait-until.js';

const MINUTE = 60_000;
const lost = (): NetworkError => new NetworkError('lost', { code: 'connection-lost', outcome: 'unknown' });

interface Wait {
  readonly clock: FakeClock;
  readonly pollTimesMs: number[];
  readonly reports: PollReport<string>[];
  readonly result: Promise<string>;
}

/** Waits for `done`; each poll takes the next answer, an error is thrown. */
function wait(answers: readonly (string | Error)[], more: Partial<WaitOptions<string>> & { readonly timeoutMs?: number } = {}): Wait {
  const clock = createFakeClock();
  const pollTimesMs: number[] = [];
  const reports: PollReport<string>[] = [];
  const left = [...answers];
  const { timeoutMs = 60 * MINUTE, ...options } = more;
  const result = waitUntil(
    async () => {
      pollTimesMs.push(clock.monotonicMs());
      const answer = left.shift() ?? 'working';
      if (answer instanceof Error) throw answer;
      return answer;
    },
    {
      clock,
      random: { ...seededRandom(), fraction: () => 0 },
      deadline: createDeadline(clock, timeoutMs),
      intervalMs: 2 * MINUTE,
      pollAtOnce: false,
      isReached: (state) => state === 'done',
      onPoll: (report) => reports.push(report),
      onDeadline: (state, polls) => new DeadlineError(`${state ?? 'nothing'} after ${polls}`, { code: 'late' }),
      ...options,
    },
  );
  result.catch(() => undefined);
  return { clock, pollTimesMs, reports, result };
}

describe('waitUntil', () => {
  it('hands each poll what keeps it from being repeated by the transport, and what may end it', async () => {
    const clock = createFakeClock();
    clock.advance(MINUTE);
    const deadline = createDeadline(clock, 60 * MINUTE);
    const { signal } = new AbortController();
    const calls: CallOptions[] = [];
    const poll = (call: CallOptions): Promise<string> => {
      calls.push(call);
      return Promise.resolve('done');
    };
    const elapsed: number[] = [];
    const common = { clock, random: seededRandom(), deadline, intervalMs: MINUTE, pollAtOnce: true, isReached: () => true, onDeadline: () => new Error() };
    await waitUntil(poll, { ...common, signal, onPoll: ({ elapsedMs }) => elapsed.push(elapsedMs) });
    await waitUntil(poll, common);
    expect(calls).toEqual([{ attempts: 1, deadline, signal }, { attempts: 1, deadline }]);
    expect(elapsed).toEqual([0]);
  });

  it('keeps a quarter of a short interval free before the deadline', async () => {
    const { pollTimesMs, result } = wait([], { intervalMs: 1000, timeoutMs: 3500 });
    await expect(result).rejects.toThrow('working after 3');
    expect(pollTimesMs).toEqual([1000, 2000, 3250]);
  });

  it('takes the interval that just fits', async () => {
    const { pollTimesMs, result } = wait([], { intervalMs: 1000, timeoutMs: 1250 });
    await expect(result).rejects.toThrow('working after 1');
    expect(pollTimesMs).toEqual([1000]);
  });

  it('polls at its interval until the state is reached, and tells each poll', async () => {
    const { pollTimesMs, reports, result } = wait(['working', 'working', 'done']);
    expect(await result).toBe('done');
    expect(pollTimesMs).toEqual([2 * MINUTE, 4 * MINUTE, 6 * MINUTE]);
    expect(reports).toEqual([
      { state: 'working', polls: 1, elapsedMs: 2 * MINUTE, nextPollMs: 2 * MINUTE },
      { state: 'working', polls: 2, elapsedMs: 4 * MINUTE, nextPollMs: 2 * MINUTE },
      { state: 'done', polls: 3, elapsedMs: 6 * MINUTE, nextPollMs: null },
    ]);
  });

  it('polls at once where the state has not been seen', async () => {
    const { pollTimesMs, result } = wait(['done'], { pollAtOnce: true });
    await result;
    expect(pollTimesMs).toEqual([0]);
  });

  it('makes up for failed polls, and counts only those in a row', async () => {
    const five = Array.from({ length: 5 }, lost);
    const { pollTimesMs, result } = wait([...five, 'working', ...five, 'done']);
    expect(await result).toBe('done');
    expect(pollTimesMs).toHaveLength(12);
  });

  it('ends with the sixth failure in a row', async () => {
    const { pollTimesMs, result } = wait(Array.from({ length: 6 }, lost));
    await expect(result).rejects.toMatchObject({ code: 'connection-lost' });
    expect(pollTimesMs).toHaveLength(6);
  });

  it.each([
    ['an answer that a repeat would not change', new RefusedError('no', { code: 'refused', platformText: 'no' })],
    ['our own bug', new TypeError('bug')],
  ])('ends with %s', async (_name, error) => {
    const { pollTimesMs, result } = wait([error, 'done']);
    await expect(result).rejects.toBe(error);
    expect(pollTimesMs).toHaveLength(1);
  });

  it('waits as long as the platform asks for', async () => {
    const { pollTimesMs, result } = wait([new RateLimitError('slow', { code: 'rate-limit', retryAfterMs: 10 * MINUTE }), 'done']);
    await result;
    expect(pollTimesMs).toEqual([2 * MINUTE, 12 * MINUTE]);
  });

  it('ends with what isReached throws', async () => {
    const failed = new Error('failed');
    const { result } = wait(['broken'], {
      isReached: () => {
        throw failed;
      },
    });
    await expect(result).rejects.toBe(failed);
  });

  it('stretches the last delay, so that the last poll falls just before the deadline', async () => {
    const { pollTimesMs, reports, result } = wait([], { timeoutMs: 7 * MINUTE });
    await expect(result).rejects.toThrow('working after 3');
    expect(pollTimesMs).toEqual([2 * MINUTE, 4 * MINUTE, 7 * MINUTE - 5000]);
    expect(reports.at(-1)?.nextPollMs).toBeNull();
  });

  it('tells a deadline that comes during a poll as any other', async () => {
    const { result } = wait(['working', new DeadlineError('in the middle of a call', { code: 'deadline-reached' })]);
    await expect(result).rejects.toThrow('working after 1');
  });

  it('does not poll at all when no interval fits', async () => {
    const { pollTimesMs, result } = wait([], { timeoutMs: MINUTE });
    await expect(result).rejects.toThrow('nothing after 0');
    expect(pollTimesMs).toEqual([]);
  });

  it('ends at once when it is aborted', async () => {
    const aborting = new AbortController();
    const { pollTimesMs, result } = wait([], {
      signal: aborting.signal,
      onPoll: () => aborting.abort(new Error('stop')),
    });
    await expect(result).rejects.toThrow('stop');
    expect(pollTimesMs).toHaveLength(1);
  });

  it('keeps interval, deadline and at most a tenth of jitter for any numbers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1000, max: 10 * MINUTE }),
        fc.integer({ min: 1000, max: 120 * MINUTE }),
        fc.integer(),
        async (intervalMs, timeoutMs, seed) => {
          const { pollTimesMs, result } = wait([], { intervalMs, timeoutMs, random: seededRandom(seed) });
          await expect(result).rejects.toMatchObject({ code: 'late' });
          const times = [0, ...pollTimesMs];
          const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
          expect(gaps.every((gap) => gap >= intervalMs)).toBe(true);
          expect(gaps.slice(0, -1).every((gap) => gap <= intervalMs * 1.1)).toBe(true);
          expect(times.every((time) => time < timeoutMs)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});
