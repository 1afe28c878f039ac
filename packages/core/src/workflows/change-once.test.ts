import { describe, expect, it } from '@jest/globals';

import { createFakeClock, type FakeClock } from '../../test/fake-clock.js';
import { createDeadline } from '../kernel/deadline.js';
import { AuthenticationError, NetworkError, ProtocolError, RateLimitError, RefusedError, ServiceError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { type Change, changeOnce } from './change-once.js';
import type { Run } from './run.js';

const lost = (): NetworkError => new NetworkError('lost', { code: 'connection-lost', outcome: 'unknown' });
const notSent = (): NetworkError => new NetworkError('no connection', { code: 'cannot-connect', outcome: 'not-sent' });
const refused = (text = 'No.'): RefusedError => new RefusedError(text, { code: 'refused', platformText: text });

interface Scripted {
  readonly run: Run;
  readonly clock: FakeClock;
  readonly log: string[];
  readonly change: Change<string>;
  readonly calls: CallOptions[];
}

/** A change whose attempts and reads go as scripted: a text is a result, undefined "not there". */
function script(attempts: readonly (string | Error)[], reads: readonly (string | undefined)[], more: Partial<Change<string>> = {}, timeoutMs = 3_600_000): Scripted {
  const clock = createFakeClock();
  const log: string[] = [];
  const calls: CallOptions[] = [];
  const attemptsLeft = [...attempts];
  const readsLeft = [...reads];
  const deadline = createDeadline(clock, timeoutMs);
  const run = { client: { clock, random: { bytes: () => new Uint8Array(), fraction: () => 0.5 } }, deadline, call: { deadline } } as unknown as Run;
  return {
    run,
    clock,
    log,
    calls,
    change: {
      async act(call) {
        log.push('act');
        calls.push(call);
        const result = attemptsLeft.shift() ?? lost();
        if (result instanceof Error) throw result;
        return result;
      },
      async readBack() {
        log.push('read');
        return readsLeft.shift();
      },
      repeat: 'refused',
      ...more,
    },
  };
}

describe('changeOnce', () => {
  it('reads nothing back when the call is answered', async () => {
    const { run, change, log, calls } = script(['done'], []);
    expect(await changeOnce(run, change)).toBe('done');
    expect(log).toEqual(['act']);
    expect(calls).toEqual([{ deadline: run.deadline, attempts: 1 }]);
  });

  it.each([
    ['was never sent', notSent()],
    ['is lost', lost()],
  ])('backs off before it repeats a call that %s', async (_name, error) => {
    const { run, change, clock } = script([error, 'done'], []);
    await changeOnce(run, change);
    expect(clock.sleeps).toHaveLength(1);
  });

  it.each<[string, readonly (string | Error)[], readonly (string | undefined)[], string, readonly string[]]>([
    ['a lost answer is looked behind', [lost()], ['found'], 'found', ['act', 'read']],
    ['a lost call is repeated after a look', [lost(), 'done'], [undefined], 'done', ['act', 'read', 'act']],
    ['a call that was never sent is repeated without a look', [notSent(), 'done'], [], 'done', ['act', 'act']],
    ['a limit is waited for without a look', [new RateLimitError('x', { code: 'x', retryAfterMs: 5 }), 'done'], [], 'done', ['act', 'act']],
    ['once it may have happened, every failure is looked behind', [lost(), notSent()], [undefined, 'found'], 'found', ['act', 'read', 'act', 'read']],
    ['an unreadable answer is looked behind', [new ProtocolError('x', { code: 'x' })], ['found'], 'found', ['act', 'read']],
    ['a refusal may be an echo', [refused()], ['found'], 'found', ['act', 'read']],
  ])('%s', async (_name, attempts, reads, result, log) => {
    const scripted = script(attempts, reads);
    expect(await changeOnce(scripted.run, scripted.change)).toBe(result);
    expect(scripted.log).toEqual(log);
  });

  it('looks for a minute before a repeat that would make two, whatever chance says', async () => {
    const scripted = script([lost(), 'done'], [], { repeat: 'doubled' });
    const run = { ...scripted.run, client: { ...scripted.run.client, random: { bytes: () => new Uint8Array(), fraction: () => 0 } } };
    expect(await changeOnce(run, scripted.change)).toBe('done');
    expect(scripted.log).toEqual(['act', ...Array.from({ length: 6 }, () => 'read'), 'act']);
    expect(scripted.clock.monotonicMs()).toBe(62_000);
  });

  it.each([
    ['shows', 'found', 'found', ['act', ...Array.from({ length: 6 }, () => 'read'), 'writer']],
    ['does not show', undefined, 'done', ['act', ...Array.from({ length: 6 }, () => 'read'), 'writer', 'act']],
  ])('asks the side that writes after that minute, which %s it', async (_name, written, result, wanted) => {
    const { run, change, log } = script([lost(), 'done'], [], { repeat: 'doubled' });
    const asking: Change<string> = {
      ...change,
      askWriter: () => {
        log.push('writer');
        return Promise.resolve(written);
      },
    };
    expect(await changeOnce(run, asking)).toBe(result);
    expect(log).toEqual(wanted);
  });

  it.each([
    ['was never sent', notSent()],
    ['the platform turned away', new RateLimitError('x', { code: 'x', retryAfterMs: 5 })],
  ])('repeats what would make two without a look when it %s', async (_name, error) => {
    const { run, change, log } = script([error, 'done'], [], { repeat: 'doubled' });
    expect(await changeOnce(run, change)).toBe('done');
    expect(log).toEqual(['act', 'act']);
  });

  it('looks for a minute behind a refusal that follows a lost answer', async () => {
    const { run, change, log, clock } = script([lost(), refused('Not in state.')], [undefined, ...Array.from({ length: 5 }, () => undefined), 'found']);
    expect(await changeOnce(run, change)).toBe('found');
    expect(log).toEqual(['act', 'read', 'act', ...Array.from({ length: 6 }, () => 'read')]);
    expect(clock.sleeps.slice(-5)).toEqual([2000, 4000, 8000, 16_000, 32_000]);
  });

  it('repeats a 500 twice, as the contract says', async () => {
    const internal = (): ServiceError => new ServiceError('500', { code: 'x', outcome: 'unknown', context: { status: 500 } });
    const thrice = script([internal(), internal(), internal(), 'done'], []);
    await expect(changeOnce(thrice.run, thrice.change)).rejects.toMatchObject({ name: 'ServiceError' });
    expect(thrice.log).toEqual(['act', 'read', 'act', 'read', 'act', 'read']);
    const twice = script([internal(), internal(), 'done'], []);
    expect(await changeOnce(twice.run, twice.change)).toBe('done');
  });

  it('does not look beyond the deadline', async () => {
    const { run, change, clock } = script([lost()], [], { repeat: 'doubled' }, 5000);
    await expect(changeOnce(run, change)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(clock.monotonicMs()).toBeLessThanOrEqual(5000);
  });

  it('ends with a refusal that is no echo, at once and unchanged', async () => {
    const { run, change, log, clock } = script([refused('Taken.')], []);
    await expect(changeOnce(run, change)).rejects.toMatchObject({ platformText: 'Taken.' });
    expect(log).toEqual(['act', 'read']);
    expect(clock.sleeps).toEqual([]);
  });

  it('looks for a minute where effects show late', async () => {
    const { run, change, log, clock } = script([refused()], [undefined, undefined, undefined, undefined, undefined, 'found'], { showsLate: true });
    expect(await changeOnce(run, change)).toBe('found');
    expect(log).toEqual(['act', ...Array.from({ length: 6 }, () => 'read')]);
    expect(clock.sleeps).toEqual([2000, 4000, 8000, 16_000, 32_000]);
  });

  it('repeats a refusal that passes by itself, without the long look', async () => {
    const isPassing = ({ platformText }: RefusedError): boolean => platformText === 'Busy.';
    const { run, change, log } = script([refused('Busy.'), 'done'], [], { isPassing, showsLate: true });
    expect(await changeOnce(run, change)).toBe('done');
    expect(log).toEqual(['act', 'read', 'act']);
  });

  it('sends six times at most', async () => {
    const { run, change, log } = script([], []);
    await expect(changeOnce(run, change)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(log.filter((entry) => entry === 'act')).toHaveLength(6);
    expect(log.at(-1)).toBe('read');
  });

  it('does not begin a wait that would reach the deadline, but looks a last time', async () => {
    const { run, change, log, clock } = script([lost()], ['found'], {}, 400);
    expect(await changeOnce(run, change)).toBe('found');
    expect(clock.sleeps).toEqual([]);
    const late = script([lost()], [], {}, 400);
    await expect(changeOnce(late.run, late.change)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(log).toEqual(['act', 'read']);
    expect(late.log).toEqual(['act', 'read']);
  });

  it.each([
    ['an answer that no repeat would change', new AuthenticationError('401', { code: 'credentials-refused' })],
    ['our own bug', new TypeError('bug')],
  ])('ends with %s, without a look', async (_name, error) => {
    const { run, change, log } = script([error], []);
    await expect(changeOnce(run, change)).rejects.toBe(error);
    expect(log).toEqual(['act']);
  });
});
