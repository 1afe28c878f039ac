import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseHttpDate, parseRetryAfter } from './retry-after.js';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);
const A_YEAR_MS = 365 * 24 * 3_600_000;
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '30', undefined, 30_000],
    ['seconds with blanks', ' 5 ', undefined, 5000],
    ['no wait', '0', undefined, 0],
    ['more than an hour', '86400', undefined, 86_400_000],
    ['an absurd number', '9'.repeat(400), undefined, A_YEAR_MS],
    ['a date', at(90), undefined, 90_000],
    ['a date, by the clock of the platform', at(90), at(60), 30_000],
    ['a date in the past', at(-90), undefined, 0],
    ['a date years away', 'Fri, 01 Jan 2100 00:00:00 GMT', undefined, A_YEAR_MS],
    ['nothing', undefined, undefined, undefined],
    ['an empty text', '', undefined, undefined],
    ['a negative number', '-5', undefined, undefined],
    ['a fraction', '1.5', undefined, undefined],
    ['words', 'soon', undefined, undefined],
    ['a date that is none', 'Mon, 99 Foo 2026 12:00:00 GMT', undefined, undefined],
  ])('reads %s', (_name, value, date, expected) => {
    expect(parseRetryAfter(value, NOW, date)).toBe(expected);
  });

  it('stays within its bounds for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, date) => {
        const ms = parseRetryAfter(value, NOW, date) ?? 0;
        expect(ms >= 0 && ms <= A_YEAR_MS).toBe(true);
      }),
    );
  });
});

describe('parseHttpDate', () => {
  it.each([
    ['the preferred form', 'Thu, 15 Jan 2026 12:00:00 GMT', NOW],
    ['the old form', 'Thursday, 15-Jan-26 12:00:00 GMT', NOW],
    ['a number', '17', undefined],
    ['nothing', undefined, undefined],
  ])('reads %s', (_name, text, expected) => {
    expect(parseHttpDate(text)).toBe(expected);
  });
});
