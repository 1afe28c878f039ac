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

/** Part of a limit that may be spent at once. The rest is the refill rate, so that no minute ever exceeds the limit. */
const BURST = 0.1;

/** Lets calls pass at a steady rate after a small burst. Takes time as an argument; pure otherwise. */
export interface TokenBucket {
  /** Milliseconds until a call may pass. */
  waitMs(nowMs: number): number;
  /** Lets one call pass. */
  take(nowMs: number): void;
}

/**
 * A bucket that lets at most `perMinute` calls (rounded down, at least one) pass in any 60 seconds.
 *
 * @param perMinute - may be a fraction
 */
export function createTokenBucket(perMinute: number, startMs: number): TokenBucket {
  const capacity = Math.max(1, perMinute * BURST);
  const perMs = (perMinute * (1 - BURST)) / 60_000;
  let tokens = capacity;
  let filledMs = startMs;

  function fill(nowMs: number): void {
    tokens = Math.min(capacity, tokens + Math.max(0, nowMs - filledMs) * perMs);
    filledMs = nowMs;
  }

  return {
    waitMs(nowMs) {
      fill(nowMs);
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perMs);
    },
    take(nowMs) {
      fill(nowMs);
      tokens -= 1;
    },
  };
}
