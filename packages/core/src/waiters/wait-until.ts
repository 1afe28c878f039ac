import type { Clock } from '../kernel/clock.js';
import type { Deadline } from '../kernel/deadline.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { RandomSource } from '../kernel/random.js';
import type { CallOptions } from '../transport/http.js';
import { retryAfterMsOf } from '../transport/retry/backoff.js';

/** A poll that failed this often in a row (without an answer in between) ends the wait. */
const FAILURES_IN_A_ROW = 6;

/** Part of the interval that is added at random, so that a fleet of agents does not poll in step. */
const JITTER = 0.1;

/** Milliseconds kept free before the deadline, so that the last poll can be answered. */
const LAST_POLL_ROOM_MS = 5000;

/** What is seen of a wait while it lasts. @public */
export interface PollReport<T> {
  readonly state: T;
  readonly polls: number;
  readonly elapsedMs: number;
  /** Milliseconds until the next poll; null when there will be none. */
  readonly nextPollMs: number | null;
}

/** How to wait. @public */
export interface WaitOptions<T> {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly deadline: Deadline;
  readonly signal?: AbortSignal;
  /** Milliseconds between two polls, at least; a little jitter comes on top. */
  readonly intervalMs: number;
  /** False: the first poll comes after one interval, because the state has just been seen. */
  readonly pollAtOnce: boolean;
  /** Says whether the awaited state is reached. Throws when it cannot be reached any more. */
  isReached(state: T): boolean;
  onPoll?(report: PollReport<T>): void;
  /** The error for a wait that outlasted the deadline. */
  onDeadline(lastState: T | undefined, polls: number): Error;
}

/**
 * Polls until a state is reached.
 *
 * Time is counted, not tries. One poll is one request: a failed one is made up for by the next, and only the sixth
 * failure in a row ends the wait. The last delay is stretched rather than shortened, so that the last poll falls just
 * before the deadline and no two polls come closer than the interval.
 *
 * @param poll - asks once; is given the options that keep the transport from repeating the request
 * @throws what `isReached` throws, what `onDeadline` makes, the last failure of a poll, or the signal's reason
 * @public
 */
export async function waitUntil<T>(poll: (call: CallOptions) => Promise<T>, options: WaitOptions<T>): Promise<T> {
  const { clock, deadline, signal } = options;
  const startMs = clock.monotonicMs();
  const call: CallOptions = { attempts: 1, deadline, ...(signal === undefined ? {} : { signal }) };
  let lastState: T | undefined;
  let polls = 0;
  let failures = 0;
  let delayMs = options.pollAtOnce ? 0 : nextDelayMs(options, 0);

  for (;;) {
    if (delayMs === null) throw options.onDeadline(lastState, polls);
    await clock.sleep(delayMs, signal);
    try {
      lastState = await poll(call);
      failures = 0;
      polls += 1;
    } catch (error) {
      if (!isVeracodeError(error)) throw error;
      if (error.name === 'DeadlineError') throw options.onDeadline(lastState, polls);
      if (error.outcome === 'final') throw error;
      failures += 1;
      if (failures === FAILURES_IN_A_ROW) throw error;
      delayMs = nextDelayMs(options, retryAfterMsOf(error) ?? 0);
      continue;
    }
    const reached = options.isReached(lastState);
    delayMs = nextDelayMs(options, 0);
    const elapsedMs = clock.monotonicMs() - startMs;
    options.onPoll?.({ state: lastState, polls, elapsedMs, nextPollMs: reached ? null : delayMs });
    if (reached) return lastState;
  }
}

/** Milliseconds to the next poll, or null when none fits before the deadline. */
function nextDelayMs<T>(options: WaitOptions<T>, atLeastMs: number): number | null {
  const jittered = options.intervalMs * (1 + JITTER * options.random.fraction());
  const wanted = Math.max(jittered, atLeastMs);
  const roomMs = Math.min(LAST_POLL_ROOM_MS, options.intervalMs / 4);
  const available = options.deadline.remainingMs() - roomMs;
  if (available < Math.max(options.intervalMs, atLeastMs)) return null;
  // The poll after this one would not fit: this is the last, so it waits for the end.
  if (available < wanted + options.intervalMs) return available;
  return wanted;
}
