import { inspect } from 'node:util';
import type { HttpRequest } from '../src/transport/http.js';

/** A request for the `HttpClient` itself. */
export function requestTo(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return {
    operation: { name: 'test.do', idempotent: true, reads: true, limitClass: 'xml' },
    method: 'GET',
    url: new URL(url),
    headers: { authorization: 'VERACODE-HMAC-SHA-256 id=ab,ts=1,nonce=00,sig=0011223344556677' },
    attemptTimeoutMs: 1000,
    call: {},
    ...change,
  };
}

/** A signal that nobody ends. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/** What a promise fails with; throws when it does not fail. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`did not fail, but gave ${inspect(value)}`);
    },
    (error: unknown) => error,
  );
}
