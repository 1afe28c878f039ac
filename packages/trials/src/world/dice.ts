import type { RandomSource } from '@verapipe/core';

/** Repeatable chance. */
export interface Dice extends RandomSource {
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<const T>(choices: readonly [T, ...T[]]): T;
  /** Dice of their own for one part of the world, so that more throws there change nothing elsewhere. */
  apart(name: string): Dice;
}

/** Dice for a seed (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    between,
    bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 255)),
    chance: (percent) => fraction() * 100 < percent,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    apart: (name) => createDice(hash(`${seed}/${name}`)),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
