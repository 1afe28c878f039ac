import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformClock } from './platform-clock.js';

/**
 * The real clock, with emulated time that runs `timeScale` times as fast.
 *
 * @param options.emulatedMs - emulated time to begin with, milliseconds since the Unix epoch; default: now
 * @public
 */
export function createSystemClock(options: { readonly timeScale?: number; readonly emulatedMs?: number } = {}): PlatformClock {
  const { timeScale = 1, emulatedMs = Date.now() } = options;
  const startedMs = performance.now();
  let movedMs = 0;
  return {
    wallMs: () => Date.now(),
    emulatedMs: () => Math.floor(emulatedMs + movedMs + (performance.now() - startedMs) * timeScale),
    advance(ms) {
      movedMs += ms;
    },
    async sleep(ms, signal) {
      // A call that is being delayed must not keep the process from ending.
      await delay(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });
    },
  };
}
