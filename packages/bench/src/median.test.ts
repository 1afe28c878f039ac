import { describe, expect, it } from '@jest/globals';

import { interleave, median } from './median.js';

describe('median', () => {
  it.each([
    { values: [3, 1, 2], wanted: 2 },
    { values: [4, 1, 3, 2], wanted: 2.5 },
    { values: [7], wanted: 7 },
    { values: [1, 1, 100, 1, 1], wanted: 1 },
  ])('of $values is $wanted', ({ values, wanted }) => {
    expect(median(values)).toBe(wanted);
  });

  it('of nothing does not exist', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('interleave', () => {
  it('takes turns, and leaves out the first round', async () => {
    const order: string[] = [];
    const side = (name: string) => (round: number) => Promise.resolve(order.push(`${name}${round}`));
    const samples = await interleave(side('a'), side('b'), 2);
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect(samples).toEqual({ ours: [3, 5], theirs: [4, 6] });
  });
});
