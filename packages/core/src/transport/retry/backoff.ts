import type { VeracodeError } from '../../kernel/errors.js';
import type { RandomSource } from '../../kernel/random.js';

/** Upper bound of the first delay; it doubles with each attempt. */
const BASE_MS = 1000;
const CAP_MS = 30_000;

/** Somebody else is editing the profile: they need seconds, not milliseconds. */
const EDITING_PAUSE_MS = 5000;

/** What decides about the next delay. */
export interface DelayInput {
  /** Why the attempt failed. */
  readonly error: VeracodeError;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly random: RandomSource;
}

/**
 * Milliseconds to wait before an attempt is repeated.
 *
 * What the platform asked for is obeyed to the millisecond. Otherwise exponential back-off with full jitter: a random
 * share of 1, 2, 4, 8, 16, 30, 30 … seconds, so that agents that failed together do not come back together.
 *
 * @see aws.amazon.com "Exponential Backoff And Jitter"
 */
export function retryDelayMs({ error, attempt, random }: DelayInput): number {
  const told = retryAfterMsOf(error);
  if (told !== undefined) return told;
  const boundMs = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  const jitteredMs = Math.floor(boundMs * random.fraction());
  return error.outcome === 'refused' ? EDITING_PAUSE_MS + jitteredMs : jitteredMs;
}

/** What the platform asked for, milliseconds. */
export function retryAfterMsOf(error: VeracodeError): number | undefined {
  return 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : undefined;
}
