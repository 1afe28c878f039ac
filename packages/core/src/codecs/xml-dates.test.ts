import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUnixSeconds, parseXmlDate } from './xml-dates.js';

describe('parseXmlDate', () => {
  it.each([
    ['an offset, as lists have it', '2026-08-13T14:00:10-04:00', '2026-08-13T18:00:10.000Z'],
    ['an offset without colon', '2026-08-13T14:00:10-0430', '2026-08-13T18:30:10.000Z'],
    ['UTC, as reports have it', '2026-08-13 17:57:41 UTC', '2026-08-13T17:57:41.000Z'],
    ['no zone, as mitigations have it', '2026-09-16 10:33:00', '2026-09-16T10:33:00.000Z'],
    ['Z and fractions', '2026-08-13T17:57:41.123456789Z', '2026-08-13T17:57:41.123Z'],
    ['month first, as teams have it', '09/06/2026', '2026-09-06T00:00:00.000Z'],
    ['the leap day', '2028-02-29 00:00:00 UTC', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (_name, text, expected) => {
    expect(parseXmlDate(text)).toBe(expected);
  });

  it.each([null, '', 'soon', '2026-02-30 10:00:00', '2026-13-01 10:00:00', '2026-01-01 25:00:00', '13/40/2026', '2026-01-01', '02/30/2026', '2026-01-01T10:00:00+99:00', ' 2026-01-01 10:00:00'])(
    '%j is no date',
    (text) => {
      expect(parseXmlDate(text)).toBeNull();
    },
  );

  const dates = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  it('gives every time back, in every spelling', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const iso = `${date.toISOString().slice(0, 19)}.000Z`;
        const local = new Date(Date.parse(iso) + offset * 60_000).toISOString().slice(0, 19);
        const pad = (value: number): string => String(value).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
        const spellings = [`${local}${zone}`, `${iso.slice(0, 19).replace('T', ' ')} UTC`, iso.slice(0, 19)];
        expect(spellings.map(parseXmlDate)).toEqual([iso, iso, iso]);
        expect(parseUnixSeconds(String(Date.parse(iso) / 1000))).toBe(iso);
      }),
    );
  });
});

describe('parseUnixSeconds', () => {
  it.each([null, '', '-1', '1.5', '1e9', '123456789012', 'x'])('%j is no time', (text) => {
    expect(parseUnixSeconds(text)).toBeNull();
  });
});
