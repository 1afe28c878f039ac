import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePercent, FormTextError, parseFormText } from './form-text.js';

describe('parseFormText', () => {
  it.each<[string, string, Record<string, string>]>([
    ['nothing', '', {}],
    ['a name without a value', 'a&b=', { a: '', b: '' }],
    ['plus signs as spaces', 'version=v+1%2B2', { version: 'v 1+2' }],
    ['an equals sign in the value', 'a=b=c', { a: 'b=c' }],
    ['the first of equal names', 'a=1&a=2', { a: '1' }],
    ['escapes as UTF-8', 'filename=b%20%C3%A9.jar', { filename: 'b é.jar' }],
    ['escapes as Latin-1, as the Java wrapper sends them', 'filename=b+%E9.jar', { filename: 'b é.jar' }],
    ['bytes beyond ASCII as UTF-8', Buffer.from('a=é').toString('latin1'), { a: 'é' }],
    ['characters beyond Latin-1', 'a=\u{1f680}', { a: '\u{1f680}' }],
    ['names that objects have', '__proto__=1&constructor=2', JSON.parse('{"__proto__":"1","constructor":"2"}') as Record<string, string>],
  ])('reads %s', (_, text, wanted) => {
    expect([...parseFormText(text)]).toEqual(Object.entries(wanted));
  });

  it.each(['a=%', 'a=%4', 'a=%zz', '%'])('refuses the broken escape in %s', (text) => {
    expect(() => parseFormText(text)).toThrow(FormTextError);
  });

  it('reads back whatever a form writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })), (values) => {
        const written = new URLSearchParams(values).toString();
        expect([...parseFormText(written)]).toEqual([...new URLSearchParams(written)]);
      }),
    );
  });
});

describe('decodePercent', () => {
  it('leaves plus signs alone', () => {
    expect(decodePercent('a+b%2Fc')).toBe('a+b/c');
  });
});
