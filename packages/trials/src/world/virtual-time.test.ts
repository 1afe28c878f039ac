import { describe, expect, it } from '@jest/globals';

import { createVirtualTime } from './virtual-time.js';

describe('virtual time', () => {
  it('passes for whoever sleeps a time that is lost in rounding', async () => {
    const time = createVirtualTime();
    const untilNoon = async (): Promise<number> => {
      const noonMs = 368_416.817_859_187_7;
      await time.sleep(noonMs - 1e-11);
      for (let naps = 1; ; naps += 1) {
        if (time.elapsedMs() > noonMs) return naps;
        await time.sleep(1e-12);
      }
    };
    expect(await time.runUntil(untilNoon())).toBe(2);
  });
});
