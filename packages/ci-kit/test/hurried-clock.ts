import { systemClock, type Clock } from '@verapipe/core';

/** A clock on which waits pass quickly; wall time is the real one, because signatures carry it. */
export interface HurriedClock extends Clock {
  /** Lets time pass at once, as if work had taken it. */
  jump(ms: number): void;
}

/** How many times as fast as reality. Limits of requests shrink as well, so that it must not be too large. */
const HURRY = 10;

export function createHurriedClock(hurry = HURRY): HurriedClock {
  let jumpedMs = 0;
  return {
    now: () => systemClock.now(),
    monotonicMs: () => systemClock.monotonicMs() * hurry + jumpedMs,
    sleep: (ms, signal) => systemClock.sleep(ms / hurry, signal),
    jump: (ms) => {
      jumpedMs += ms;
    },
  };
}
