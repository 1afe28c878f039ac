import { describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../../test/fake-clock.js';
import { requestTo } from '../../../test/requests.js';
import { answer, scriptedSend, type Step } from '../../../test/scripted-send.js';
import { createDeadline } from '../../kernel/deadline.js';
import { AbortedError, NetworkError } from '../../kernel/errors.js';
import type { CallOptions } from '../http.js';
import { endOfCall } from './end-of-call.js';

async function run(clock: FakeClock, step: Step, call: CallOptions): Promise<unknown> {
  const request = requestTo('https://api.veracode.com/', { call });
  return endOfCall(clock)(scriptedSend(step).send)({ request, decode: async () => 'done' }).catch((error: unknown) => error);
}

describe('endOfCall', () => {
  it('changes nothing without a signal and a deadline', async () => {
    const clock = createFakeClock();
    await expect(run(clock, answer(200), {})).resolves.toBe('done');
    expect(clock.sleeps).toEqual([]);
  });

  it.each([
    ['a foreign reason', new Error('SIGTERM'), { name: 'AbortedError', code: 'aborted', cause: new Error('SIGTERM') }],
    ['a reason of ours', new AbortedError('Cancelled by SIGINT.', { code: 'signal' }), { name: 'AbortedError', code: 'signal' }],
  ])('ends waiting when the caller goes, with %s', async (_name, reason, expected) => {
    const clock = createFakeClock();
    const stop = new AbortController();
    void clock.sleep(5).then(() => stop.abort(reason));
    const step: Step = async (request) => {
      await clock.sleep(1_000_000, request.call.signal);
      return answer(200);
    };
    await expect(run(clock, step, { signal: stop.signal })).resolves.toMatchObject(expected);
    expect(clock.monotonicMs()).toBe(5);
  });

  it('sends nothing when the caller has gone or the time is over', async () => {
    const clock = createFakeClock();
    const over = createDeadline(clock, 0);
    const mustNot: Step = async () => {
      throw new Error('was sent');
    };
    await expect(run(clock, mustNot, { signal: AbortSignal.abort(new Error('x')) })).resolves.toMatchObject({ code: 'aborted' });
    await expect(run(clock, mustNot, { deadline: over })).resolves.toMatchObject({ name: 'DeadlineError', code: 'deadline-reached' });
  });

  it('ends with the deadline, keeping what the failure knew', async () => {
    const clock = createFakeClock();
    const step: Step = async (request) => {
      await clock.sleep(1_000_000, request.call.signal).catch(() => undefined);
      throw new NetworkError('', { code: 'connection-lost', outcome: 'unknown', context: { attempts: 3 } });
    };
    await expect(run(clock, step, { deadline: createDeadline(clock, 90_000) })).resolves.toMatchObject({
      name: 'DeadlineError',
      message: 'The time allowed (90 s) ended during test.do.',
      context: { operation: 'test.do', attempts: 3 },
    });
    expect(clock.monotonicMs()).toBe(90_000);
  });

  it('passes on results and failures that came in time, and leaves no timer', async () => {
    const clock = createFakeClock();
    const failure = new NetworkError('', { code: 'connection-lost', outcome: 'unknown' });
    const call = { deadline: createDeadline(clock, 90_000), signal: new AbortController().signal };
    await expect(run(clock, failure, call)).resolves.toBe(failure);
    await expect(run(clock, answer(200), call)).resolves.toBe('done');
    await clock.sleep(1);
    expect(clock.monotonicMs()).toBe(1);
  });
});
