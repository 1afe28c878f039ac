import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictError, NetworkError, RateLimitError, ServiceError, type VeracodeError } from '../../kernel/errors.js';
import type { RandomSource } from '../../kernel/random.js';
import { retryDelayMs } from './backoff.js';

function randomOf(fraction: number): RandomSource {
  return { bytes: (count) => new Uint8Array(count), fraction: () => fraction };
}

const lost = new NetworkError('', { code: 'connection-lost', outcome: 'unknown' });

describe('retryDelayMs', () => {
  it.each([
    [1, 999],
    [2, 1998],
    [3, 3996],
    [4, 7992],
    [5, 15984],
    [6, 29970],
    [60, 29970],
  ])('after attempt %i waits up to %i ms', (attempt, longest) => {
    expect(retryDelayMs({ error: lost, attempt, random: randomOf(0.999) })).toBe(longest);
    expect(retryDelayMs({ error: lost, attempt, random: randomOf(0) })).toBe(0);
  });

  const told: readonly [string, VeracodeError, number][] = [
    ['a 429', new RateLimitError('', { code: 'x', retryAfterMs: 61_000 }), 61_000],
    ['a 503', new ServiceError('', { code: 'x', outcome: 'refused', retryAfterMs: 0 }), 0],
    ['a 409 without a word: five seconds and some', new ConflictError('', { code: 'x', outcome: 'refused' }), 5500],
    ['a 429 without a word', new RateLimitError('', { code: 'x' }), 5500],
  ];
  it.each(told)('obeys %s', (_name, error, expected) => {
    expect(retryDelayMs({ error, attempt: 1, random: randomOf(0.5) })).toBe(expected);
  });

  it('is a whole number of milliseconds between nothing and the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, fraction) => {
        const delayMs = retryDelayMs({ error: lost, attempt, random: randomOf(fraction) });
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThan(30_000);
      }),
    );
  });
});
