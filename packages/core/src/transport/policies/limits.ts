import type { LimitClass } from '../http.js';

/**
 * Calls per minute that the platform accepts from one outgoing address (pipeline scan starts: from one account).
 *
 * @see docs.veracode.com "API rate limits", "About Pipeline Scan Prerequisites"
 */
export const CALLS_PER_MINUTE: Readonly<Record<LimitClass, number>> = {
  xml: 250,
  'xml-report': 80,
  rest: 500,
  'pipeline-start': 6,
};

/** Part of a limit that may be spent at once. */
const BURST = 0.1;

/** Lets calls pass at a steady pace after a small burst. Takes the time as an argument; pure otherwise. */
export interface TokenBucket {
  /** Whole milliseconds until a call may pass. */
  waitMs(nowMs: number): number;
  /** Lets one call pass. */
  take(nowMs: number): void;
}

/**
 * A token bucket that lets at most `perMinute` calls (rounded down, at least one) pass in any 60 seconds: a small
 * burst, and the rest at a steady pace; small limits are only paced. It keeps the moment at which it will be full
 * again instead of a number of tokens, so that no rounding adds up.
 *
 * @param perMinute - may be a fraction, also below one
 */
export function createTokenBucket(perMinute: number): TokenBucket {
  const limit = perMinute < 1 ? perMinute : Math.floor(perMinute);
  const capacity = Math.max(1, limit * BURST);
  const refillMs = 60_000 / (capacity > 1 ? limit - capacity : limit);
  let fullAtMs = -Infinity;

  return {
    waitMs(nowMs) {
      const freeAtMs = Math.ceil(fullAtMs - (capacity - 1) * refillMs);
      return Math.max(0, Math.ceil(freeAtMs - nowMs));
    },
    take(nowMs) {
      fullAtMs = Math.max(fullAtMs, nowMs) + refillMs;
    },
  };
}
