import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileNamePattern } from './name-pattern.js';

const name = fc.string({ unit: fc.oneof(fc.constantFrom('.', '\\', '[', ']', '(', ')', '{', '}', '^', '$', '|', '+', '/', '-', '\n', ' ', '😀'), fc.string({ minLength: 1, maxLength: 1 })) });

describe('compileNamePattern', () => {
  it.each([
    ['shop.war', 'shop.war', true],
    ['shop.war', 'shopxwar', false],
    ['shop.war', 'Shop.war', false],
    ['shop.war', 'my shop.war', false],
    ['*.jar', 'a/b.jar', true],
    ['*.jar', '.jar', true],
    ['*.jar', 'a.jar.md5', false],
    ['?.jar', 'ab.jar', false],
    ['?.jar', '😀.jar', true],
    ['JS files within *', 'JS files within shop.war', true],
    ['*', '', true],
    ['*', 'two\nlines', true],
    ['', '', true],
    ['', 'x', false],
    ['[a-z]', 'b', false],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(compileNamePattern(pattern).test(text)).toBe(expected);
  });

  it('captures what the wildcards stand for, in their order', () => {
    expect(compileNamePattern('*-?.?ar').exec('web-shop-1.war')?.slice(1)).toEqual(['web-shop', '1', 'w']);
  });

  it('without wildcards matches exactly itself, whatever it is', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        fc.pre(!/[*?]/.test(one));
        const pattern = compileNamePattern(one);
        expect(pattern.test(one)).toBe(true);
        expect(pattern.test(other)).toBe(one === other);
      }),
    );
  });

  it('with a star matches every beginning with every end', () => {
    fc.assert(
      fc.property(name, name, name, (start, middle, end) => {
        fc.pre(!/[*?]/.test(start + end));
        expect(compileNamePattern(`${start}*${end}`).test(start + middle + end)).toBe(true);
      }),
    );
  });
});
