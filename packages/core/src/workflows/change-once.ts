import { isRefusal, isVeracodeError, type RefusedError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { retryDelayMs } from '../transport/retry/backoff.js';
import type { CallingRun } from './run.js';

/** The first attempt and five retries, the vendor's limit. */
const MAX_ATTEMPTS = 6;

/** Reads that must agree, spread over time, before the absence of an effect is believed where a mistake would do harm. */
const READS_BEFORE_HARM = 3;

/** Reads after a refusal where effects show late; the pause doubles, so that they take about a minute in all. */
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
   * says no (a name is taken, a state is past). `harmful`: something else would be changed.
   */
  readonly repeat: 'refused' | 'harmful';
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
 * well, because it may be the echo of an attempt that did take effect. At most six attempts in all.
 *
 * @throws the last failure when no attempt took effect
 */
export async function changeOnce<T>(run: CallingRun, change: Change<T>): Promise<T> {
  let mayHaveHappened = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change.act({ ...run.call, attempts: 1 });
    } catch (error) {
      if (!isVeracodeError(error)) throw error;
      const refused = isRefusal(error);
      if (error.outcome === 'final' && !refused) throw error;
      mayHaveHappened ||= error.outcome === 'unknown';

      const passing = refused && change.isPassing?.(error) === true;
      const delayMs = retryDelayMs({ error, attempt, random: run.client.random });
      const canWait = delayMs < run.deadline.remainingMs();
      if (canWait && !(refused && !passing && !mayHaveHappened)) await run.client.clock.sleep(delayMs, run.call.signal);
      if (mayHaveHappened || refused) {
        const effect = await findEffect(run, change, refused && !passing && change.showsLate === true ? 'late' : delayMs);
        if (effect !== undefined) return effect;
      }
      if ((refused && !passing) || attempt === MAX_ATTEMPTS || !canWait) throw error;
    }
  }
}

/** Looks for the effect as often as a mistake would be dangerous, or as long as it may take to show. */
async function findEffect<T>(run: CallingRun, change: Change<T>, pause: number | 'late'): Promise<T | undefined> {
  const reads = pause === 'late' ? READS_OF_LATE_EFFECT : change.repeat === 'harmful' ? READS_BEFORE_HARM : 1;
  for (let read = 1; ; read += 1) {
    const effect = await change.readBack(run.call);
    if (effect !== undefined || read === reads) return effect;
    await run.client.clock.sleep(pause === 'late' ? LATE_EFFECT_PAUSE_MS * 2 ** (read - 1) : pause, run.call.signal);
  }
}
