import { randomBytes } from 'node:crypto';

/** Randomness as a seam, so that a test can make nonces and jitter repeatable. @public */
export interface RandomSource {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array;
  /** A number in [0, 1), for jitter. */
  fraction(): number;
}

/** The system's cryptographic random source. @public */
export const systemRandom: RandomSource = {
  bytes: (count) => randomBytes(count),
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
