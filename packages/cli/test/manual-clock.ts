import type { Clock } from '@verapipe/core';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Lets time pass; whoever sleeps less long wakes at the right moment. */
  pass(ms: number): Promise<void>;
}

interface Sleeper {
  readonly wakeMs: number;
  readonly wake: () => void;
}

export function createManualClock(): ManualClock {
  let nowMs = 0;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(new Error('The sleep was ended.'));
        };
        const sleeper = {
          wakeMs: nowMs + ms,
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...sleepers].filter(({ wakeMs }) => wakeMs <= endMs).sort((a, b) => a.wakeMs - b.wakeMs);
        if (next === undefined) break;
        sleepers.delete(next);
        nowMs = next.wakeMs;
        next.wake();
        await new Promise(setImmediate);
      }
      nowMs = endMs;
    },
  };
}
