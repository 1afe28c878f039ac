import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearestNames } from './nearest-names.js';

const KNOWN = ['timeout', 'file', 'fail-on-severity', 'sandbox', 'scan-name'];

describe('nearestNames', () => {
  it.each([
    ['a slip', 'tiemout', ['timeout']],
    ['a missing letter', 'sandbx', ['sandbox']],
    ['another case', 'Timeout', ['timeout']],
    ['a beginning', 'fail', ['file', 'fail-on-severity']],
    ['something far away', 'xyzzy', []],
  ])('finds what was meant by %s', (_name, given, expected) => {
    expect(nearestNames(given, KNOWN)).toEqual(expected);
  });

  it('gives the nearest first, equally near ones by name, and no more than asked', () => {
    expect(nearestNames('aab', ['aad', 'aac', 'aab', 'aae', 'aaf'])).toEqual(['aab', 'aac', 'aad']);
    expect(nearestNames('aab', ['aad', 'aac', 'aab'], 1)).toEqual(['aab']);
  });
});

describe('for any names', () => {
  const name = fc.string({ maxLength: 12 });

  it('finds the very name first, whatever its case, and invents none', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (known) => {
        const [wanted = ''] = known;
        const found = nearestNames(wanted, known);
        expect(found.map((one) => one.toLowerCase())[0]).toBe(wanted.toLowerCase());
        expect(found.length).toBeLessThanOrEqual(3);
        expect(found.filter((one) => !known.includes(one))).toEqual([]);
      }),
    );
  });

  it('forgives one slip anywhere', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 12 }), fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (wanted, at, slip) => {
        const index = at % (wanted.length - 1);
        const [start, a, b, end] = [wanted.slice(0, index), wanted.charAt(index), wanted.charAt(index + 1), wanted.slice(index + 2)];
        const typed = { drop: start + b + end, double: start + a + a + b + end, swap: start + b + a + end }[slip];
        expect(nearestNames(typed, [wanted])).toEqual([wanted]);
      }),
    );
  });
});
