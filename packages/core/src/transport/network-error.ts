import { errorCode, errorMessage } from '../kernel/error-code.js';
import { isVeracodeError, NetworkError } from '../kernel/errors.js';
import { redactSignatures } from '../kernel/redact.js';

/** What is known about an attempt that the network ended. */
export interface AttemptFacts {
  /** Host and port that were asked for. */
  readonly host: string;
  /** `host:port` of the proxy in between. */
  readonly proxy: string | null;
  /** False when not a byte of the request can have arrived. */
  readonly sent: boolean;
}

/** Errors of TLS that a repeat would not change. @see nodejs.org "X509 certificate error codes" */
const CERTIFICATE_ERRORS: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UND_ERR_PRX_TLS',
]);

/**
 * Turns what a socket threw into an error of ours. The original is kept as text only: it may hold parts of what was
 * sent or received.
 */
export function toNetworkError(error: unknown, facts: AttemptFacts): Error {
  if (isVeracodeError(error)) return error;
  const first = firstOf(error);
  const code = errorCode(first);
  const cause = new Error(redactSignatures(`${code}: ${errorMessage(first)}`));
  const to = facts.proxy === null ? facts.host : `${facts.host} through the proxy ${facts.proxy}`;
  if (CERTIFICATE_ERRORS.has(code)) {
    return new NetworkError(`The certificate of ${to} is not trusted (${code}).`, {
      code: 'certificate-refused',
      outcome: 'final',
      cause,
      advice: 'If a proxy or gateway re-signs TLS, give its certificate authority with the CA file option.',
    });
  }
  if (!facts.sent) {
    return new NetworkError(`No connection to ${to} (${code}).`, {
      code: 'cannot-connect',
      outcome: 'not-sent',
      cause,
      advice: 'Check name resolution, firewall and proxy settings of this agent.',
    });
  }
  return new NetworkError(`The connection to ${to} broke after the request was sent (${code}).`, {
    code: 'connection-lost',
    outcome: 'unknown',
    cause,
  });
}

/** Of several tries to connect (one per address), the first. */
function firstOf(error: unknown): unknown {
  const isSeveral = typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
  return isSeveral ? ((error.errors as readonly unknown[])[0] ?? error) : error;
}
