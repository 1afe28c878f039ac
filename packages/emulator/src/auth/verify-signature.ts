import type { EmulatedAccount, EmulatedRequest } from '../exchange.js';
import type { Keyring, KnownKey } from './keyring.js';
import { isSignedWith, parseAuthorization, type SignedHeader } from './signature.js';

/** Who signed, or why nobody did. The reason goes to the journal; the caller never learns it. */
export type Verification = { readonly account: EmulatedAccount } | { readonly refusal: string };

export interface SignatureVerifier {
  /** @param nowMs - the server's wall time */
  verify(request: Pick<EmulatedRequest, 'method' | 'host' | 'target' | 'headers'>, nowMs: number): Verification;
  /** Forgets the nonces that were used. */
  forget(): void;
}

/** Lengths of nonces in use: 16 bytes, or the 32 that the vendor's JavaScript sends. */
const nonceLengths: readonly number[] = [16, 32];

/** Checks signatures with the emulator's own code, so that a client's mistake is not made twice. */
export function createSignatureVerifier(options: {
  readonly keyring: Keyring;
  readonly toleranceMs: number;
  readonly refuseReplays: boolean;
}): SignatureVerifier {
  const { keyring, toleranceMs, refuseReplays } = options;
  const nonces = createNonceMemory(2 * toleranceMs);
  return {
    forget: () => nonces.clear(),
    verify(request, nowMs) {
      const header = parseAuthorization(request.headers['authorization'] ?? '');
      if (header === undefined) {
        const given = request.headers['authorization'] !== undefined;
        return { refusal: given ? 'the Authorization header has another form' : 'there is no Authorization header' };
      }
      const known = keyring.find(header.id);
      const refusal = known === undefined ? 'the id is not known' : refusalOf(known, header, request, { nowMs, toleranceMs });
      if (known === undefined || refusal !== undefined) {
        return { refusal: refusal ?? 'the id is not known' };
      }
      if (refuseReplays && !nonces.isNew(`${header.id.toLowerCase()}/${Buffer.from(header.nonce).toString('hex')}`, nowMs)) {
        return { refusal: 'the nonce was used before' };
      }
      return { account: known.account };
    },
  };
}

function refusalOf(
  known: KnownKey,
  header: SignedHeader,
  request: Pick<EmulatedRequest, 'method' | 'host' | 'target' | 'headers'>,
  { nowMs, toleranceMs }: { readonly nowMs: number; readonly toleranceMs: number },
): string | undefined {
  if (!nonceLengths.includes(header.nonce.byteLength)) {
    return 'the nonce has neither 16 nor 32 bytes';
  }
  const skewMs = Number(header.timestamp) - nowMs;
  if (Math.abs(skewMs) > toleranceMs) {
    return `the time of the signature is ${Math.round(skewMs / 1000)} s off`;
  }
  if (!isSigned(known.key, header, request)) {
    return 'the signature does not fit';
  }
  if (known.revoked) {
    return 'the credentials were revoked';
  }
  if (nowMs >= known.expiresAtMs) {
    return 'the credentials have expired';
  }
  if (nowMs >= known.endsAtMs) {
    return 'a newer pair has ended these credentials';
  }
  const region = /\.veracode\.(com|eu|us)$/.exec(request.host)?.[1];
  return known.region === null || region === undefined || region === known.region
    ? undefined
    : `the credentials belong to the region .${known.region}`;
}

/** Clients sign id and host as typed or in lower case: both are good. */
function isSigned(key: Uint8Array, header: SignedHeader, request: Pick<EmulatedRequest, 'method' | 'host' | 'target' | 'headers'>): boolean {
  const ids = new Set([header.id, header.id.toLowerCase()]);
  const { method, target } = request;
  return [...ids].some((id) => hostSpellings(request).some((host) => isSignedWith(key, header, { id, host, method, target })));
}

/** The host name, without port; IPv6 addresses with and without brackets. */
function hostSpellings({ host, headers }: Pick<EmulatedRequest, 'host' | 'headers'>): readonly string[] {
  const typed = (headers['host'] ?? '').replace(/:\d*$/, '');
  const names = typed.toLowerCase() === host ? [host, typed] : [host];
  return [...new Set(names.flatMap((name) => [name, name.replace(/^\[(.*)\]$/, '$1')]))];
}

interface NonceMemory {
  /** True the first time; remembers. */
  isNew(nonce: string, nowMs: number): boolean;
  clear(): void;
}

/** Remembers nonces as long as their signatures could still be taken. */
function createNonceMemory(lifeMs: number): NonceMemory {
  const seenAtMs = new Map<string, number>();
  return {
    clear: () => seenAtMs.clear(),
    isNew(nonce, nowMs) {
      for (const [old, atMs] of seenAtMs) {
        if (nowMs - atMs <= lifeMs) {
          break;
        }
        seenAtMs.delete(old);
      }
      if (seenAtMs.has(nonce)) {
        return false;
      }
      seenAtMs.set(nonce, nowMs);
      return true;
    },
  };
}
