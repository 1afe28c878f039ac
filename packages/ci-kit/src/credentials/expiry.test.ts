import { describe, expect, it } from '@jest/globals';

import { expiryNotice } from './expiry.js';

const NOW = Date.UTC(2026, 10, 24, 12);

const PAIR = { apiId: '1', expiresAt: null, revoked: false, newer: null };

function inDays(days: number): string {
  return new Date(NOW + days * 24 * 60 * 60_000).toISOString();
}

describe('expiryNotice', () => {
  it.each([
    [30.01, null],
    [30, /end in 30 days, at 2026-12-24T12:00:00\.000Z\. Create a new pair/u],
    [7.5, /end in 7 days/u],
    [1.2, /end in 1 day,/u],
    [0.2, /end within a day/u],
    [-1, /ended at/u],
  ])('%p days before the end', (days, wanted) => {
    const notice = expiryNotice({ ...PAIR, expiresAt: inDays(days) }, NOW);
    if (wanted === null) expect(notice).toBeNull();
    else expect(notice?.message).toMatch(wanted);
  });

  it.each([
    [7.1, false],
    [7, true],
    [-1, true],
  ])('%p days before the end is loud: %p', (days, loud) => {
    expect(expiryNotice({ ...PAIR, expiresAt: inDays(days) }, NOW)?.loud).toBe(loud);
  });

  it.each([
    [false, 'Hand the newer one to this job, or make another one (verapipe credentials rotate).'],
    [true, ', which is revoked: they end within 24 hours of its making. Make another one (verapipe credentials rotate).'],
  ])('is loud about a newer pair, whatever its own end; revoked: %p', (revoked, wanted) => {
    expect(expiryNotice({ ...PAIR, newer: { apiId: '2', revoked } }, NOW)).toEqual({ message: expect.stringContaining(wanted), loud: true });
  });

  it('is silent where the platform names no end, and loud about revoked credentials', () => {
    expect(expiryNotice(PAIR, NOW)).toBeNull();
    expect(expiryNotice({ ...PAIR, expiresAt: inDays(200), revoked: true }, NOW)).toMatchObject({ loud: true, message: expect.stringContaining('revoked') });
  });
});
