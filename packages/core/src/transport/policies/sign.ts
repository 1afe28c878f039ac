import type { ApiCredentials } from '../../auth/credentials.js';
import { createAuthorizationHeader } from '../../auth/signature.js';
import type { Clock } from '../../kernel/clock.js';
import type { RandomSource } from '../../kernel/random.js';
import type { Policy } from '../http.js';

const NONCE_BYTES = 16;

/** Parts that the signing policy works with. */
export interface SignOptions {
  readonly credentials: ApiCredentials;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Signs each attempt afresh: a signature has its time, and a nonce counts once. */
export function sign({ credentials, clock, random }: SignOptions): Policy {
  return (next) => ({ request, decode }) => {
    const authorization = createAuthorizationHeader({
      credentials,
      method: request.method,
      url: request.url,
      timestampMs: Math.floor(clock.now()),
      nonce: random.bytes(NONCE_BYTES),
    });
    return next({ request: { ...request, headers: { ...request.headers, authorization } }, decode });
  };
}
