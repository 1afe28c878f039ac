import { describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.js';

describe('systemClock', () => {
  it('sleeps and goes forward', async () => {
    const before = systemClock.monotonicMs();
    await systemClock.sleep(5);
    expect(systemClock.monotonicMs()).toBeGreaterThan(before);
    expect(Number.isInteger(systemClock.now())).toBe(true);
  });

  it('sleeps longer than the longest timer of the system', async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(2 ** 40, stop.signal);
    const outcome = await Promise.race([sleep.then(() => 'woke'), systemClock.sleep(20).then(() => 'sleeps')]);
    expect(outcome).toBe('sleeps');
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
  });

  it.each([
    ['an error', new Error('stop'), 'stop'],
    ['a text', 'stop', 'stop'],
  ])('wakes at once with the reason when the signal aborts: %s', async (_name, reason, message) => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort(reason);
    await expect(sleep).rejects.toThrow(message);
    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toThrow(message);
  });

  it('lets the signal go after it woke', async () => {
    const stop = new AbortController();
    await systemClock.sleep(1, stop.signal);
    stop.abort(new Error('late'));
  });
});
