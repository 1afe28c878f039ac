import type { Clock } from '../../kernel/clock.js';
import { AbortedError, addContext, DeadlineError, isVeracodeError, type VeracodeError } from '../../kernel/errors.js';
import type { HttpRequest, Policy } from '../http.js';

/**
 * Turns the two things that may end a call from outside, the caller's signal and the deadline, into one signal that
 * every wait and every request inside listens to. Whatever failed because of it leaves as `AbortedError` or
 * `DeadlineError`.
 */
export function endOfCall(clock: Clock): Policy {
  return (next) => async (exchange) => {
    const { request, decode } = exchange;
    const { signal, deadline } = request.call;
    if (signal === undefined && deadline === undefined) return next(exchange);

    const ending = new AbortController();
    const done = new AbortController();
    const stop = (): void => ending.abort(toAbortedError(signal?.reason));
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true, signal: done.signal });
    if (deadline !== undefined) {
      clock.sleep(deadline.remainingMs(), done.signal).then(
        () => ending.abort(deadlineReached(request, deadline.timeoutMs)),
        () => undefined,
      );
    }
    try {
      ending.signal.throwIfAborted();
      if (deadline?.remainingMs() === 0) throw deadlineReached(request, deadline.timeoutMs);
      return await next({ request: { ...request, call: { ...request.call, signal: ending.signal } }, decode });
    } catch (error) {
      if (!ending.signal.aborted) throw error;
      const reason = ending.signal.reason as VeracodeError;
      if (isVeracodeError(error)) addContext(reason, error.context);
      throw reason;
    } finally {
      done.abort();
    }
  };
}

/** The caller's reason if it is one of ours, else an `AbortedError` around it. */
function toAbortedError(reason: unknown): VeracodeError {
  if (isVeracodeError(reason)) return reason;
  return new AbortedError('The work was cancelled.', { code: 'aborted', cause: reason });
}

function deadlineReached(request: HttpRequest, timeoutMs: number): DeadlineError {
  const seconds = Math.round(timeoutMs / 1000);
  return new DeadlineError(`The time allowed (${seconds} s) ended during ${request.operation.name}.`, {
    code: 'deadline-reached',
    context: { operation: request.operation.name },
    advice: 'Whether the call took effect is not known. Run again with a longer timeout.',
  });
}
