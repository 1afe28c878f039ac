import type { Clock } from '../../kernel/clock.js';
import { RequestTimeoutError } from '../../kernel/errors.js';
import type { Exchange, HttpRequest, HttpResponse, Policy, RequestBody } from '../http.js';

/** Fewer bytes than this per timeout are no progress: a server that drips must not hold a run for ever. */
const MIN_PROGRESS_BYTES = 1024;

/**
 * Ends an attempt that makes no progress: no part of the body handed over, and hardly a byte received, for
 * `attemptTimeoutMs`. Covers connecting, sending, waiting for the answer and reading it.
 *
 * Each attempt gets a signal of its own, which is aborted when the attempt is over: a response that nobody read to
 * its end does not keep its connection.
 */
export function attemptTimeout(clock: Clock): Policy {
  return (next) => async (exchange) => {
    const { request } = exchange;
    const attempt = new AbortController();
    const watch = createWatch(clock, request.attemptTimeoutMs);
    const { signal } = request.call;
    const forward = (): void => attempt.abort(signal?.reason);
    if (signal?.aborted === true) forward();
    else signal?.addEventListener('abort', forward, { once: true, signal: watch.ended });

    watch.run().then(
      (idleMs) => attempt.abort(timedOut(request, idleMs)),
      () => undefined,
    );
    try {
      attempt.signal.throwIfAborted();
      return await next(watched(exchange, attempt.signal, watch.progress));
    } finally {
      watch.end();
      attempt.abort();
    }
  };
}

interface Watch {
  /** Aborted when watching is over. */
  readonly ended: AbortSignal;
  readonly progress: (bytes: number) => void;
  /** Resolves when there was no progress for too long; rejects when the watch ends first. */
  run(): Promise<number>;
  end(): void;
}

function createWatch(clock: Clock, timeoutMs: number): Watch {
  const over = new AbortController();
  let lastMs = clock.monotonicMs();
  let bytesSince = 0;
  return {
    ended: over.signal,
    progress(bytes) {
      bytesSince += bytes;
      if (bytesSince < MIN_PROGRESS_BYTES) return;
      bytesSince = 0;
      lastMs = clock.monotonicMs();
    },
    async run() {
      for (;;) {
        const idleMs = clock.monotonicMs() - lastMs;
        if (idleMs >= timeoutMs) return idleMs;
        await clock.sleep(timeoutMs - idleMs, over.signal);
      }
    },
    end: () => over.abort(),
  };
}

/** The same exchange with the attempt's signal, and with both bodies reporting their progress. */
function watched<T>(exchange: Exchange<T>, signal: AbortSignal, progress: (bytes: number) => void): Exchange<T> {
  const { request, decode } = exchange;
  const { body } = request;
  return {
    request: {
      ...request,
      call: { ...request.call, signal },
      ...(body === undefined ? {} : { body: watchedBody(body, progress) }),
    },
    decode: (response) => {
      progress(MIN_PROGRESS_BYTES);
      return decode(watchedResponse(response, progress));
    },
  };
}

function watchedBody(body: RequestBody, progress: (bytes: number) => void): RequestBody {
  // Asking for the next part means that the one before has been taken: that is progress however small the part is.
  return { ...body, open: () => tapped(body.open(), () => progress(MIN_PROGRESS_BYTES)) };
}

function watchedResponse(response: HttpResponse, progress: (bytes: number) => void): HttpResponse {
  return { ...response, body: tapped(response.body, progress) };
}

async function* tapped(chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.byteLength);
    yield chunk;
  }
}

function timedOut(request: HttpRequest, idleMs: number): RequestTimeoutError {
  const seconds = Math.round(idleMs / 1000);
  return new RequestTimeoutError(`${request.operation.name} made no progress for ${seconds} s and was given up.`, {
    code: 'no-progress',
    advice: 'Check the network and any proxy in between; the status page of the platform tells of outages.',
  });
}
