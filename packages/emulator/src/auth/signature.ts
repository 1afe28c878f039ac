import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parts of an `Authorization` header. */
export interface SignedHeader {
  readonly id: string;
  /** Milliseconds since the Unix epoch, as written: the text itself is signed. */
  readonly timestamp: string;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a signature covers. */
export interface SignedParts {
  readonly id: string;
  readonly host: string;
  /** Path and query exactly as on the request line. */
  readonly target: string;
  readonly method: string;
}

const headerForm = /^VERACODE-HMAC-SHA-256 id=([0-9a-f]+),ts=(\d{1,16}),nonce=((?:[0-9a-f]{2})+),sig=([0-9a-f]{64})$/i;
const scheme = 'VERACODE-HMAC-SHA-256 ';
const requestVersion = 'vcode_request_version_1';

/** Takes the header apart; undefined when it has another form. Hexadecimal digits count in both cases, the scheme does not. */
export function parseAuthorization(header: string): SignedHeader | undefined {
  const match = header.startsWith(scheme) ? headerForm.exec(header) : null;
  if (match === null) {
    return undefined;
  }
  const [, id = '', timestamp = '', nonce = '', signature = ''] = match;
  return { id, timestamp, nonce: Buffer.from(nonce, 'hex'), signature: Buffer.from(signature, 'hex') };
}

/** Is it the signature that the key yields for these parts? */
export function isSignedWith(key: Uint8Array, header: SignedHeader, parts: SignedParts): boolean {
  const text = `id=${parts.id}&host=${parts.host}&url=${parts.target}&method=${parts.method}`;
  const chain = [header.nonce, header.timestamp, requestVersion, text];
  const wanted = chain.reduce<Uint8Array>((derived, message) => createHmac('sha256', derived).update(message).digest(), key);
  return timingSafeEqual(wanted, header.signature);
}
