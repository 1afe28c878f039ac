import { describe, expect, it } from '@jest/globals';

import { durationText, sizeText } from './units.js';

describe('sizeText', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [4_240_000, '4.2 MB'],
    [99_960_000, '100 MB'],
    [999_600_000, '1.0 GB'],
    [2_147_483_649, '2.1 GB'],
    [5_000_000_000_000, '5000 GB'],
  ])('%p bytes are %p', (bytes, wanted) => {
    expect(sizeText(bytes)).toBe(wanted);
  });
});

describe('durationText', () => {
  it.each([
    [-5, '00:00'],
    [59_999, '00:59'],
    [60_000, '01:00'],
    [3_599_000, '59:59'],
    [3_723_000, '1:02:03'],
    [90_000_000, '25:00:00'],
  ])('%p ms are %p', (ms, wanted) => {
    expect(durationText(ms)).toBe(wanted);
  });
});
