import { isRefusal, isVeracodeError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** Reads until one that contradicts what was just done is believed; the pause doubles, so that they take about a minute in all. */
const MAX_READS = 6;
const PAUSE_MS = 2000;

/** What a platform says that does not know yet what it has just done. */
const LATE: readonly string[] = ['upload-not-proven', 'strangers-build', 'strangers-file', 'files-changed', 'access-denied'];

/**
 * Looks again, with growing pauses, where a reading contradicts our own changes: a read may lag behind a change, so
 * that profile, build or file do not show yet. A pause that would reach the deadline is not begun.
 *
 * @throws what the last look threw
 */
export async function lookingAgain<T>(run: CallingRun, look: () => Promise<T>): Promise<T> {
  for (let reads = 1; ; reads += 1) {
    try {
      return await look();
    } catch (error) {
      const pauseMs = PAUSE_MS * 2 ** (reads - 1);
      if (!mayBeLate(error) || reads === MAX_READS || pauseMs >= run.deadline.remainingMs()) throw error;
      await run.client.clock.sleep(pauseMs, run.call.signal);
    }
  }
}

function mayBeLate(error: unknown): boolean {
  return isRefusal(error) || (isVeracodeError(error) && LATE.includes(error.code));
}
