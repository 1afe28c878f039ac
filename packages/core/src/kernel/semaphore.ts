/** A fixed number of places; whoever finds none waits in line. */
export interface Semaphore {
  /**
   * Takes a place, first come first served.
   *
   * @returns gives the place back; later calls do nothing
   * @throws the signal's reason when it aborts while waiting
   */
  acquire(signal?: AbortSignal): Promise<() => void>;
}

/** @param places - how many may hold a place at once */
export function createSemaphore(places: number): Semaphore {
  let free = places;
  const line: (() => void)[] = [];

  function createRelease(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const following = line.shift();
      if (following === undefined) free += 1;
      else following();
    };
  }

  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return createRelease();
      }
      await new Promise<void>((resolve, reject) => {
        const enter = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          line.splice(line.indexOf(enter), 1);
          // The reason travels unchanged: whoever aborted gets back what they said.
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
          reject(signal?.reason);
        };
        line.push(enter);
        signal?.addEventListener('abort', leave, { once: true });
      });
      return createRelease();
    },
  };
}
