import type { Clock } from '../src/kernel/clock.js';

/** A clock for tests: time passes only while everybody sleeps, and then at once. */
export interface FakeClock extends Clock {
  /** How long each sleep was asked to last, in the order of asking. */
  readonly sleeps: readonly number[];
  /** Moves the time by hand, as if work had taken it. */
  advance(ms: number): void;
  /** Keeps the time from jumping until the returned function is called: a socket is waited for. */
  hold(): () => void;
}

interface Sleeper {
  readonly wakeMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Rounds of the event loop without a new sleep after which everybody counts as asleep. */
const IDLE_ROUNDS = 3;

/** The disk takes real time as well. */
function isDiskBusy(): boolean {
  return process.getActiveResourcesInfo().some((resource) => /^(?:FSReq|FileHandle|CloseReq)/.test(resource));
}

/**
 * Makes a clock that starts at `startMs` (wall time). Sleepers wake in the order of their times; the clock jumps to
 * the next one as soon as nothing else is going on. While a socket is waited for it must be held, or it would run ahead.
 */
export function createFakeClock(startMs = Date.UTC(2026, 0, 15)): FakeClock {
  let nowMs = 0;
  let orders = 0;
  let advancing = false;
  let holds = 0;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  async function advanceWhenIdle(): Promise<void> {
    if (advancing) return;
    advancing = true;
    while (sleepers.size > 0) {
      const before = orders;
      for (let round = 0; round < IDLE_ROUNDS; round += 1) await new Promise(setImmediate);
      const [first] = [...sleepers].sort((a, b) => a.wakeMs - b.wakeMs || a.order - b.order);
      if (first === undefined || orders !== before || holds > 0 || isDiskBusy()) continue;
      sleepers.delete(first);
      nowMs = Math.max(nowMs, first.wakeMs);
      first.wake();
    }
    advancing = false;
  }

  return {
    sleeps,
    now: () => startMs + nowMs,
    monotonicMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    hold() {
      holds += 1;
      let held = true;
      return () => {
        if (held) holds -= 1;
        held = false;
      };
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push(ms);
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        orders += 1;
        const sleeper: Sleeper = {
          wakeMs: nowMs + ms,
          order: orders,
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
        void advanceWhenIdle();
      }),
  };
}
