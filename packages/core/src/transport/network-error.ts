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

const UNKNOWN_ISSUER = 'its issuer is none that this machine trusts';
const UNUSABLE = 'it is not made for this use';

/**
 * Errors of TLS that a repeat would not change, in words. @see nodejs.org "X509 certificate error codes"
 */
const CERTIFICATE_ERRORS: ReadonlyMap<string, string> = new Map([
  ['CERT_CHAIN_TOO_LONG', 'its chain is too long'],
  ['CERT_HAS_EXPIRED', 'it has expired, or the clock of this machine is wrong'],
  ['CERT_NOT_YET_VALID', 'it is not valid yet, or the clock of this machine is wrong'],
  ['CERT_REJECTED', UNUSABLE],
  ['CERT_REVOKED', 'it has been revoked'],
  ['CERT_SIGNATURE_FAILURE', 'its signature is wrong'],
  ['CERT_UNTRUSTED', UNKNOWN_ISSUER],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'it is self-signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'it is made for another host'],
  ['HOSTNAME_MISMATCH', 'it is made for another host'],
  ['INVALID_CA', UNUSABLE],
  ['INVALID_PURPOSE', UNUSABLE],
  ['PATH_LENGTH_EXCEEDED', 'its chain is too long'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its chain ends in a self-signed authority that this machine does not trust'],
  ['UNABLE_TO_GET_ISSUER_CERT', UNKNOWN_ISSUER],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNKNOWN_ISSUER],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNKNOWN_ISSUER],
  ['UND_ERR_PRX_TLS', 'the TLS connection through the proxy failed'],
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
  const distrust = CERTIFICATE_ERRORS.get(code);
  if (distrust !== undefined) {
    return new NetworkError(`The certificate of ${to} is not trusted: ${distrust} (${code}).`, {
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
