import { randomBytes } from 'node:crypto';

/** Where ids and keys come from; a seeded source makes a run repeatable. @public */
export interface RandomSource {
  bytes(count: number): Uint8Array;
}

/** The operating system's random numbers. */
export const systemRandom: RandomSource = { bytes: (count) => randomBytes(count) };
