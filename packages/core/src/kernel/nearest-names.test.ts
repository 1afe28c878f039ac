import { describe, expect, it } from '@jest/globals';
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
