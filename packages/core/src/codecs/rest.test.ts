import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonObject, parseRestDate, readDate, requireText } from './rest.js';

describe('parseJsonObject', () => {
  it('reads an object', () => {
    expect(parseJsonObject('{"a":1}', 'GET /x')).toEqual({ a: 1 });
  });

  it.each([
    ['a login page', '<html>secret page</html>', 'not-json'],
    ['nothing', '', 'not-json'],
    ['half an object', '{"a":', 'not-json'],
    ['a list', '[1]', 'unexpected-shape'],
    ['null', 'null', 'unexpected-shape'],
    ['a number', '17', 'unexpected-shape'],
  ])('refuses %s, naming the call and quoting nothing', (_name, text, code) => {
    const act = (): unknown => parseJsonObject(text, 'GET /x');
    expect(act).toThrow(expect.objectContaining({ name: 'ProtocolError', code, outcome: 'unknown' }));
    expect(act).toThrow(/GET \/x/);
    expect(act).not.toThrow(/secret page/);
  });

  it('does not let an answer reach the prototype', () => {
    const object = parseJsonObject('{"__proto__":{"polluted":true}}', 'GET /x');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(object['polluted']).toBeUndefined();
  });

  it('ends with an object or a ProtocolError for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          expect(parseJsonObject(text, 'x')).toBeInstanceOf(Object);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ProtocolError' });
        }
      }),
    );
  });
});

describe('requireText', () => {
  it.each([[{}], [{ a: 1 }], [{ a: '' }], [{ a: null }]])('refuses %j', (object) => {
    expect(() => requireText(object, 'a', 'GET /x')).toThrow(/the text field a is missing/);
  });
  it('gives the text', () => {
    expect(requireText({ a: 'b' }, 'a', 'GET /x')).toBe('b');
  });
});

describe('parseRestDate', () => {
  it.each([
    ['applications', '2022-03-01T13:46:30.000Z', '2022-03-01T13:46:30.000Z'],
    ['Identity', '2026-12-30T00:00:00.000+0000', '2026-12-30T00:00:00.000Z'],
    ['an offset', '2026-12-30T00:00:00.000-0530', '2026-12-30T05:30:00.000Z'],
    ['an offset with a colon', '2026-12-30T00:00:00+02:00', '2026-12-29T22:00:00.000Z'],
    ['the summary report', '2025-08-05 10:14:45 UTC', '2025-08-05T10:14:45.000Z'],
    ['pipeline scans', '2021-02-02T21:29:51.180433', '2021-02-02T21:29:51.180Z'],
    ['Reporting', '2025-10-15 22:46:17.498', '2025-10-15T22:46:17.498Z'],
    ['a day only', '2025-10-15', null],
    ['a day that does not exist', '2025-13-45T00:00:00Z', null],
    ['words', 'tomorrow', null],
    ['nothing', '', null],
  ])('reads the spelling of %s', (_name, text, expected) => {
    expect(parseRestDate(text)).toBe(expected);
  });
});

describe('readDate', () => {
  it.each([[{}], [{ d: null }], [{ d: '' }]])('takes %j for no date', (object) => {
    expect(readDate(object, 'd', 'GET /x')).toBeNull();
  });
  it.each([[{ d: 17 }], [{ d: 'tomorrow' }], [{ d: {} }]])('refuses %j', (object) => {
    expect(() => readDate(object, 'd', 'GET /x')).toThrow(/a date in d is missing/);
  });
});
