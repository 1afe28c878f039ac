import { describe, expect, it } from '@jest/globals';
import { createSemaphore } from './semaphore.js';

describe('createSemaphore', () => {
  it('lets in as many as there are places, first come first served', async () => {
    const semaphore = createSemaphore(2);
    const entered: string[] = [];
    const leave = await semaphore.acquire();
    await semaphore.acquire();
    const waiting = ['a', 'b'].map(async (name) => {
      const leaveAgain = await semaphore.acquire();
      entered.push(name);
      leaveAgain();
    });
    await Promise.resolve();
    expect(entered).toEqual([]);
    leave();
    await Promise.all(waiting);
    expect(entered).toEqual(['a', 'b']);
  });

  it('gives a place back only once', async () => {
    const semaphore = createSemaphore(1);
    const leave = await semaphore.acquire();
    leave();
    leave();
    await semaphore.acquire();
    const stop = new AbortController();
    const third = semaphore.acquire(stop.signal);
    stop.abort(new Error('still full'));
    await expect(third).rejects.toThrow('still full');
  });

  it('forgets those who went away, and lets their signal go', async () => {
    const semaphore = createSemaphore(1);
    const leave = await semaphore.acquire();
    const [gone, stays] = [new AbortController(), new AbortController()];
    const first = semaphore.acquire(gone.signal);
    const second = semaphore.acquire(stays.signal);
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    leave();
    (await second)();
    stays.abort(new Error('late'));
    await expect(semaphore.acquire(AbortSignal.abort(new Error('never came')))).rejects.toThrow('never came');
    await expect(semaphore.acquire()).resolves.toEqual(expect.any(Function));
  });
});
