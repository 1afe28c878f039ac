import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { pairNearest } from './pair-nearest.js';

interface Item {
  readonly line: number;
}

const items = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }).map((lines) => lines.sort((a, b) => a - b).map((line): Item => ({ line })));

/** The definition, in cubic time: again and again the nearest two that are left. */
function slowly(left: readonly Item[], right: readonly Item[], reach: number): number[] {
  const [free, others] = [new Set(left), new Set(right)];
  const distances: number[] = [];
  for (;;) {
    const all = [...free].flatMap((a) => [...others].map((b) => ({ a, b, distance: Math.abs(a.line - b.line) })));
    const nearest = all.sort((x, y) => x.distance - y.distance)[0];
    if (nearest === undefined || nearest.distance > reach) return distances;
    distances.push(nearest.distance);
    free.delete(nearest.a);
    others.delete(nearest.b);
  }
}

describe('pairNearest', () => {
  it('always takes the nearest two that are left', () => {
    fc.assert(
      fc.property(items, items, fc.constantFrom(Infinity, 5), (left, right, reach) => {
        const pairs = pairNearest(left, right, reach);
        // Ties may be resolved in more than one way, and then later distances differ: the first ones are what counts.
        const wanted = slowly(left, right, reach);
        const distances = pairs.map(([a, b]) => Math.abs(a.line - b.line));
        expect(distances[0]).toBe(wanted[0]);
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
        if (reach === Infinity) expect(pairs).toHaveLength(Math.min(left.length, right.length));
        for (const [a, b] of pairs) expect([left.includes(a), right.includes(b)]).toEqual([true, true]);
      }),
    );
  });

  it('pairs a hundred thousand in one place without looking at each pair', () => {
    let looks = 0;
    const counted = (line: number): Item => ({
      get line() {
        looks += 1;
        return line;
      },
    });
    const many = (shift: number): Item[] => Array.from({ length: 100_000 }, (_, index) => counted(3 * index + shift));
    expect(pairNearest(many(0), many(1), Infinity)).toHaveLength(100_000);
    expect(looks).toBeLessThan(1_000_000);
  });
});
