import type { PlatformClock } from '@verapipe/emulator';

import type { VirtualTime } from './virtual-time.js';

/** The platform lives in the same time as its clients. */
export function platformClock(time: VirtualTime): PlatformClock {
  return {
    wallMs: () => time.nowMs(),
    emulatedMs: () => time.nowMs(),
    advance: () => {
      throw new Error('The time of a world passes by itself.');
    },
    sleep: (ms, signal) => time.sleep(ms, signal),
  };
}
