import { describe, expect, it } from '@jest/globals';

import { type ChangeCursor, expectCursorOf, parseChangeCursor, parseSince } from './change-cursor.js';

const CURSOR: ChangeCursor = { schemaVersion: 1, platformUrl: 'https://api.veracode.com', since: '2026-01-31T14:00:00Z', handedOut: { a: '2026-01-31T13:55:00.000Z' } };

describe('parseChangeCursor', () => {
  it('reads what was written', () => {
    expect(parseChangeCursor(JSON.parse(JSON.stringify(CURSOR)))).toEqual(CURSOR);
    expect(parseChangeCursor({ ...CURSOR, handedOut: {} })).toEqual({ ...CURSOR, handedOut: {} });
  });

  it.each<[name: string, json: unknown, got: string]>([
    ['of a newer version', { ...CURSOR, schemaVersion: 2 }, 'a cursor of version 2'],
    ['of a version before the first', { ...CURSOR, schemaVersion: 0 }, 'something else'],
    ['whose version is text', { ...CURSOR, schemaVersion: '1' }, 'something else'],
    ['without platform', { ...CURSOR, platformUrl: undefined }, 'something else'],
    ['whose time is a number', { ...CURSOR, since: 2026 }, 'something else'],
    ['whose time is none', { ...CURSOR, since: 'soon' }, 'something else'],
    ['with a list of what was handed out', { ...CURSOR, handedOut: ['2026-01-31'] }, 'something else'],
    ['with nothing handed out', { ...CURSOR, handedOut: null }, 'something else'],
    ['with one of several times wrong', { ...CURSOR, handedOut: { ...CURSOR.handedOut, b: 'soon' } }, 'something else'],
    ['that is a text', 'cursor', 'something else'],
    ['that is null', null, 'something else'],
  ])('refuses one %s', (_name, json, got) => {
    const issue = { path: 'cursor', got, wanted: 'a cursor that this version of verapipe wrote' };
    expect(() => parseChangeCursor(json)).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-cursor', issues: [issue] }));
  });
});

describe('expectCursorOf', () => {
  it('lets the own platform pass, and names both where they differ', () => {
    expect(() => {
      expectCursorOf(CURSOR.platformUrl, CURSOR);
    }).not.toThrow();
    expect(() => {
      expectCursorOf('https://api.veracode.eu', CURSOR);
    }).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        code: 'other-platform',
        message: 'The saved cursor is of https://api.veracode.com, and this search is at https://api.veracode.eu.',
        advice: expect.stringContaining('begin again from a time'),
      }),
    );
  });
});

describe('parseSince', () => {
  it.each([
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2026-01-31T14:05Z', Date.UTC(2026, 0, 31, 14, 5)],
    ['2026-01-31T14:05:06Z', Date.UTC(2026, 0, 31, 14, 5, 6)],
    ['2026-01-31T14:05:06.7Z', Date.UTC(2026, 0, 31, 14, 5, 6, 700)],
    ['2026-01-31T14:05:06.789+02:00', Date.UTC(2026, 0, 31, 12, 5, 6, 789)],
    ['2026-01-31T14:05-01:30', Date.UTC(2026, 0, 31, 15, 35)],
  ])('reads %s', (text, ms) => {
    expect(parseSince(text)).toBe(ms);
  });

  it.each([
    'yesterday',
    '',
    '2026-02',
    '26-01-31',
    '2026-01-31T14:05:06', // of which zone?
    '2026-01-31T14Z',
    '2026-01-31T14:05:06.7890Z',
    '2026-01-31T14:05:06.Z',
    '2026-01-31T14:05:06+0200',
    '2026-13-01',
    '+2026-01-31',
    '2026-01-31 (a Saturday)',
    `2026-01-31T14:05:06Z${' '.repeat(60)}`,
  ])('refuses %j', (text) => {
    const issue = { path: 'since', got: JSON.stringify(text.slice(0, 40)), wanted: 'a time like 2026-01-31T14:00:00Z, or a day like 2026-01-31' };
    expect(() => parseSince(text)).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-since', issues: [issue] }));
  });
});
