import { isRefusal, isVeracodeError, type RefusedError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { retryDelayMs } from '../transport/retry/backoff.js';
import { isInternalError, REPEATS_OF_500 } from '../transport/retry/classify.js';
import type { CallingRun } from './run.js';

/** The first attempt and five retries, the vendor's limit. */
const MAX_ATTEMPTS = 6;

/** Reads of an effect that may show late; the pause doubles and is never left to chance, so that they take about a minute in all. */
const READS_OF_LATE_EFFECT = 6;
const LATE_EFFECT_PAUSE_MS = 2000;

/** A call that changes the platform, together with the way to see whether it did. */
export interface Change<T> {
  /** Sends the call once. */
  act(call: CallOptions): Promise<T>;
  /** Reads the platform: the effect's result, or undefined while there is none. Changes nothing. */
  readBack(call: CallOptions): Promise<T | undefined>;
  /**
   * What a repeat does when the first attempt took effect after all and the read was stale. `refused`: the platform
   * says no (a name is taken, a state is past). `doubled`: there would be two of it.
   */
  readonly repeat: 'refused' | 'doubled';
  /** Asks the side of the platform that writes, which does not lag, when the reads have shown no effect for long. */
  askWriter?(call: CallOptions): Promise<T | undefined>;
  /**
   * True where the platform takes its time to show an effect: then a refusal may be the echo of a call that took
   * effect, even one of an earlier process, long before a read shows it.
   */
  readonly showsLate?: boolean;
  /** True for a refusal that passes by itself, so that the call is worth another attempt. */
  isPassing?(error: RefusedError): boolean;
}

/**
 * Makes a change exactly once, whatever happens to the answers.
 *
 * A call whose outcome is unknown is never repeated blindly: the platform is read first. A refusal is read back as
 * well, because it may be the echo of an attempt that did take effect. At most six attempts in all, and a 500 is
 * repeated at most twice.
 *
 * @throws the last failure when no attempt took effect, or none is known to have
 */
export async function changeOnce<T>(run: CallingRun, change: Change<T>): Promise<T> {
  let mayHaveHappened = false;
  let internalErrors = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change.act({ ...run.call, attempts: 1 });
    } catch (error) {
      if (!isVeracodeError(error)) throw error;
      const refused = isRefusal(error);
      if (error.outcome === 'final' && !refused) throw error;
      mayHaveHappened ||= error.outcome === 'unknown';
      if (isInternalError(error)) internalErrors += 1;

      const passing = refused && change.isPassing?.(error) === true;
      const delayMs = retryDelayMs({ error, attempt, random: run.client.random });
      const canWait = delayMs < run.deadline.remainingMs();
      if (canWait && !(refused && !passing && !mayHaveHappened)) await run.client.clock.sleep(delayMs, run.call.signal);
      if (mayHaveHappened || refused) {
        const isEcho = refused && !passing && (mayHaveHappened || change.showsLate === true);
        const effect = await findEffect(run, change, canWait && (isEcho || (mayHaveHappened && change.repeat !== 'refused')));
        if (effect !== undefined) return effect;
      }
      if ((refused && !passing) || attempt === MAX_ATTEMPTS || internalErrors > REPEATS_OF_500 || !canWait) throw error;
    }
  }
}

/** @param mayBeLate - look as long as an effect may take to show; otherwise once */
async function findEffect<T>(run: CallingRun, change: Change<T>, mayBeLate: boolean): Promise<T | undefined> {
  for (let read = 1; ; read += 1) {
    const effect = await change.readBack(run.call);
    if (effect !== undefined || !mayBeLate) return effect;
    if (read === READS_OF_LATE_EFFECT) return change.askWriter?.(run.call);
    // Who waits for the deadline is told by the next read that it has come.
    const pauseMs = Math.min(LATE_EFFECT_PAUSE_MS * 2 ** (read - 1), run.deadline.remainingMs());
    await run.client.clock.sleep(pauseMs, run.call.signal);
  }
}
