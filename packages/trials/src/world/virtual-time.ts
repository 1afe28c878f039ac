import { setTimeout as pause } from 'node:timers/promises';

// Loading a library is work that nobody sees going on: what commands load late is there before a time begins.
import '@verapipe/artifact-lint';

/** Milliseconds since the Unix epoch at which every world begins: 15 January 2026, noon. */
export const EPOCH_MS = Date.UTC(2026, 0, 15, 12);

/** Turns of the event loop without anything going on after which everybody counts as asleep. */
const QUIET_TURNS = 2;

/** Looks at a world in which nobody sleeps and nothing seems to go on, before it counts as stuck; half a minute in all. */
const IDLE_TURNS = 6000;
const IDLE_PAUSE_MS = 5;

/** One time for everybody in a world. It passes only while all sleep, and then at once. */
export interface VirtualTime {
  /** Milliseconds since the world began. */
  elapsedMs(): number;
  /** Wall time, milliseconds since the Unix epoch. */
  nowMs(): number;
  /** @throws the signal's reason, at once, when the signal aborts */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Keeps the time from passing until the returned function is called: a socket is waited for. */
  hold(): () => void;
  /** Calls back each time that somebody was woken, before anything else happens. @returns what ends it */
  onWake(listener: () => void): () => void;
  /**
   * Lets the time pass until `work` is settled.
   *
   * One sleeper is woken at a time, the earliest first, and the next only when nothing goes on any more, reading and
   * writing of files included: so the order of everything follows from the times alone.
   */
  runUntil<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly wakeMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A time at its beginning. */
export function createVirtualTime(): VirtualTime {
  let elapsedMs = 0;
  let orders = 0;
  let holds = 0;
  const sleepers = new Set<Sleeper>();
  const listeners = new Set<() => void>();

  function wakeNext(): void {
    const [next] = [...sleepers].sort((one, other) => one.wakeMs - other.wakeMs || one.order - other.order);
    if (next === undefined) throw new Error('Everybody waits, and nothing will wake them.');
    sleepers.delete(next);
    elapsedMs = Math.max(elapsedMs, next.wakeMs);
    next.wake();
    for (const listener of listeners) listener();
  }

  return {
    elapsedMs: () => elapsedMs,
    nowMs: () => EPOCH_MS + elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        orders += 1;
        const wake = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const sleeper: Sleeper = { wakeMs: wakeMsOf(elapsedMs, ms), order: orders, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    hold() {
      holds += 1;
      let isHeld = true;
      return () => {
        if (isHeld) holds -= 1;
        isHeld = false;
      };
    },
    onWake(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async runUntil(work) {
      const end = { reached: false };
      const settled = work.finally(() => {
        end.reached = true;
      });
      settled.catch(() => undefined);
      for (let idleTurns = 0; ; ) {
        await untilQuiet(() => holds > 0);
        if (end.reached) return settled;
        idleTurns = sleepers.size > 0 ? 0 : idleTurns + 1;
        // Without a sleeper there is no time to pass, so waiting changes nothing: whoever works unseen comes to an end.
        if (idleTurns > 0 && idleTurns < IDLE_TURNS) await pause(IDLE_PAUSE_MS);
        else wakeNext();
      }
    },
  };
}

/** Every timer of a machine takes time: a sleep that is lost in rounding would begin again and again, and no time pass. */
function wakeMsOf(elapsedMs: number, ms: number): number {
  const wakeMs = elapsedMs + Math.max(0, ms);
  return ms > 0 && wakeMs === elapsedMs ? elapsedMs + 1 : wakeMs;
}

async function untilQuiet(isHeld: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await new Promise(setImmediate);
    if (isHeld() || isDiskBusy()) quiet = -1;
  }
}

/** Files take real time: whoever waits for one is not asleep. */
function isDiskBusy(): boolean {
  return process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq') || resource === 'CloseReq');
}
