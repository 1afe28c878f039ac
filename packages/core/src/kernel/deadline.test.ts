import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../../test/fake-clock.js';
import { createDeadline } from './deadline.js';
import { isLoopbackHost } from './loopback.js';
import { systemRandom } from './random.js';
import { VERSION } from './version.js';

describe('createDeadline', () => {
  it('counts down and stops at nothing', () => {
    const clock = createFakeClock();
    const deadline = createDeadline(clock, 1000);
    clock.advance(400);
    expect([deadline.timeoutMs, deadline.elapsedMs(), deadline.remainingMs()]).toEqual([1000, 400, 600]);
    clock.advance(4000);
    expect([deadline.elapsedMs(), deadline.remainingMs()]).toEqual([4400, 0]);
  });

  it('never gives time back, and what has passed and what is left add up', () => {
    const timeout = fc.nat({ max: 1e9 });
    fc.assert(
      fc.property(timeout, fc.array(fc.nat({ max: 1e8 })), (timeoutMs, steps) => {
        const clock = createFakeClock();
        const deadline = createDeadline(clock, timeoutMs);
        let leftBefore = timeoutMs;
        for (const step of steps) {
          clock.advance(step);
          const leftMs = deadline.remainingMs();
          expect(leftMs).toBe(Math.max(0, leftBefore - step));
          expect(leftMs === 0 || leftMs + deadline.elapsedMs() === timeoutMs).toBe(true);
          leftBefore = leftMs;
        }
      }),
    );
  });
});

describe('isLoopbackHost', () => {
  it.each([
    ['localhost', true],
    ['LOCALHOST', true],
    ['emulator.localhost', true],
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['[::1]', true],
    ['localhost.test', false],
    ['127.0.0.1.test', false],
    ['128.0.0.1', false],
    ['10.0.0.1', false],
    ['[::2]', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});

describe('systemRandom', () => {
  it('gives as many bytes as asked, and fractions below one', () => {
    expect(systemRandom.bytes(16)).toHaveLength(16);
    expect(systemRandom.bytes(16)).not.toEqual(systemRandom.bytes(16));
    const fractions = Array.from({ length: 100 }, () => systemRandom.fraction());
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
    expect(new Set(fractions).size).toBeGreaterThan(90);
  });
});

describe('VERSION', () => {
  it('is the version of the package', () => {
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
  });
});
