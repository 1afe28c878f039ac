import type { Clock } from './clock.js';

/** A moment on the monotonic clock after which a piece of work must not go on. @public */
export interface Deadline {
  /** What was allowed in all, milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds since the deadline was set. */
  elapsedMs(): number;
  /** Milliseconds left, never negative. */
  remainingMs(): number;
}

/** Starts counting `timeoutMs` from now. @public */
export function createDeadline(clock: Clock, timeoutMs: number): Deadline {
  const startMs = clock.monotonicMs();
  const elapsedMs = (): number => clock.monotonicMs() - startMs;
  return { timeoutMs, elapsedMs, remainingMs: () => Math.max(0, timeoutMs - elapsedMs()) };
}
