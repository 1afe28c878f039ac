import type { Clock } from '../../kernel/clock.js';
import { addContext, isVeracodeError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import type { RandomSource } from '../../kernel/random.js';
import { redactUrl } from '../../kernel/redact.js';
import type { Policy } from '../http.js';
import { retryDelayMs } from '../retry/backoff.js';
import { isInternalError, mayRepeat } from '../retry/classify.js';
import { LONGEST_WAIT_MS } from '../retry/retry-after.js';

/** Five retries. @see docs.veracode.com "API usage and access guidelines" */
const DEFAULT_ATTEMPTS = 6;

/** Parts that the retry policy works with. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
}

/**
 * Repeats attempts that failed, as `classify.ts` and `backoff.ts` decide. Only a loop.
 *
 * A wait that would reach the deadline, or would last more than an hour, is not begun: the last failure is thrown at
 * once, as it says more than a deadline would. What the platform asked for is never cut short. Every error that leaves carries operation, redacted URL and the number of attempts.
 */
export function retry({ clock, random, logger }: RetryOptions): Policy {
  return (next) => async (exchange) => {
    const { operation, method, url, call } = exchange.request;
    const maxAttempts = Math.max(1, call.attempts ?? DEFAULT_ATTEMPTS);
    let internalErrors = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(exchange);
      } catch (error) {
        if (!isVeracodeError(error)) throw error;
        addContext(error, { operation: operation.name, method, url: redactUrl(url), attempts: attempt });
        if (isInternalError(error)) internalErrors += 1;
        const delayMs = retryDelayMs({ error, attempt, random });
        const worthIt = attempt < maxAttempts && mayRepeat(error, operation, { internalErrors });
        if (!worthIt || call.signal?.aborted === true || delayMs > LONGEST_WAIT_MS || delayMs >= (call.deadline?.remainingMs() ?? Infinity)) {
          throw error;
        }
        logger.debug('attempt failed, will repeat', {
          operation: operation.name,
          attempt,
          reason: error.code,
          status: error.context.status,
          delayMs,
        });
        await clock.sleep(delayMs, call.signal);
      }
    }
  };
}
