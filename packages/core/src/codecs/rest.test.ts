import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { restSample } from '../../test/samples.js';
import { parseDateTime } from './date-time.js';
import { parseJsonObject, readDate, requireText, restErrorText } from './rest.js';

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

describe('parseDateTime', () => {
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
    ['a day that moves into the next month', '2025-02-30T00:00:00Z', null],
    ['words', 'tomorrow', null],
    ['nothing', '', null],
  ])('reads the spelling of %s', (_name, text, expected) => {
    expect(parseDateTime(text)).toBe(expected);
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

describe('restErrorText', () => {
  it.each([
    ['gateway', '0b6c1f0e-1111-4222-8333-444455556666, Unauthorized'],
    ['validation', 'name: must not be empty; size: must be a number'],
    ['api-errors', 'The requested application could not be found, NOT_FOUND'],
    ['single', 'The name is used, BAD_REQUEST'],
    ['oauth', 'invalid_client, The credentials are not known'],
    ['message-and-code', 'Not found, NF'],
    ['dynamic', 'NAME_ERROR'],
  ])('reads the shape "%s"', (name, expected) => {
    expect(restErrorText(restSample(`error-${name}`))).toBe(expected);
  });

  it.each(['', '<html></html>', '[]', 'null', '17', '{}', '{"errors":[]}', '{"errors":[17,null,{}]}', '{"_embedded":null}', '{"message":{"a":1}}'])(
    'has nothing to say about %j',
    (text) => {
      expect(restErrorText(text)).toBeNull();
    },
  );
});
