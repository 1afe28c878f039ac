import type { Clock } from '@verapipe/core';

import type { VirtualTime } from './virtual-time.js';

/** A process as the world sees it: it has a clock that may be wrong, and it can be killed. */
export interface SimulatedProcess {
  readonly clock: Clock;
  isKilled(): boolean;
  /** Nothing of the process gets another turn: not its sleeps, not its answers, not its clearing up. */
  kill(): void;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
  /** Moves its wall clock, as somebody who sets the time of a machine does. */
  jumpClock(ms: number): void;
  /** What the process sees of a promise: nothing, once it is dead. */
  whileAlive<T>(work: Promise<T>): Promise<T>;
}

/** Starts a process. */
export function createProcess(time: VirtualTime): SimulatedProcess {
  let isKilled = false;
  let skewMs = 0;
  let tellKilled: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => {
    tellKilled = resolve;
  });
  const life = new AbortController();

  function whileAlive<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(
        (value) => {
          if (!isKilled) resolve(value);
        },
        (error: unknown) => {
          if (!isKilled) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  return {
    isKilled: () => isKilled,
    killed,
    whileAlive,
    kill() {
      isKilled = true;
      life.abort(new Error('killed'));
      tellKilled();
    },
    jumpClock(ms) {
      skewMs += ms;
    },
    clock: {
      now: () => time.nowMs() + skewMs,
      monotonicMs: () => time.elapsedMs(),
      sleep: (ms, signal) => whileAlive(time.sleep(ms, signal === undefined ? life.signal : AbortSignal.any([signal, life.signal]))),
    },
  };
}
