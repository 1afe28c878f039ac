import { createHmac, createSecretKey } from 'node:crypto';
import { CredentialError } from '../kernel/errors.js';
import type { ApiCredentials } from './credentials.js';

const SCHEME = 'VERACODE-HMAC-SHA-256';
const REQUEST_VERSION = 'vcode_request_version_1';

/** Everything that a signature covers. @public */
export interface SigningInput {
  readonly credentials: Pick<ApiCredentials, 'apiId' | 'apiKey'>;
  readonly method: string;
  readonly url: URL;
  readonly timestampMs: number;
  readonly nonce: Uint8Array;
}

/**
 * Builds the `Authorization` header value for one attempt at one request.
 *
 * Pure: equal inputs give equal text. Call it again for each attempt, because the time and the nonce must be new.
 * Neither the body nor the port is signed.
 *
 * @param input.url - absolute; path and query are signed exactly as the URL object serialises them, so send the object
 * @param input.timestampMs - milliseconds since the Unix epoch, UTC
 * @param input.nonce - 16 random bytes
 * @returns one ASCII line: scheme, id, time, nonce, signature
 * @throws CredentialError `malformed-api-key` when the key is not hexadecimal
 * @see docs.veracode.com "HMAC signing", veracode/Veracode-pipeline-scan-action `src/auth.ts`, read 2026-11
 * @public
 */
export function createAuthorizationHeader(input: SigningInput): string {
  const { credentials, method, url } = input;
  const timestamp = String(input.timestampMs);
  const signedText = `id=${credentials.apiId}&host=${url.hostname}&url=${url.pathname}${url.search}&method=${method.toUpperCase()}`;
  const nonceKey = hmac(decodeKey(credentials.apiKey.reveal()), input.nonce);
  const dateKey = hmac(nonceKey, timestamp);
  const signingKey = hmac(dateKey, REQUEST_VERSION);
  const signature = hmac(signingKey, signedText).toString('hex');
  const nonce = Buffer.from(input.nonce).toString('hex');
  return `${SCHEME} id=${credentials.apiId},ts=${timestamp},nonce=${nonce},sig=${signature}`;
}

function decodeKey(hex: string): Buffer {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) {
    throw new CredentialError('The API key is not hexadecimal.', { code: 'malformed-api-key' });
  }
  return Buffer.from(hex, 'hex');
}

/** A key object instead of plain bytes: newer releases of Node are several times slower with the latter. */
function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  return createHmac('sha256', createSecretKey(key)).update(message).digest();
}
