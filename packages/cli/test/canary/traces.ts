import { createHmac } from 'node:crypto';

/** What was sent with one request, as the network has seen it. */
export interface SentSignature {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

/** What somebody could use, by its name. */
export interface Trace {
  readonly name: string;
  readonly text: string;
}

const PREFIX = /^vera01..-/iu;

/** Reads `VERACODE-HMAC-SHA-256 id=…,ts=…,nonce=…,sig=…`. */
export function parseSignature(header: string): SentSignature {
  const [, timestamp, nonce, signature] = /ts=(\d+),nonce=([0-9a-f]+),sig=([0-9a-f]{64})$/iu.exec(header) ?? [];
  if (timestamp === undefined || nonce === undefined || signature === undefined) throw new Error('This is no signature.');
  return { timestamp, nonce, signature };
}

/**
 * Everything by which a key could be known or used: as it was given, without its prefix, its bytes, each in base64 and
 * URL-safe base64; and for each request the four values that the signing derives from it, the last being the signature.
 *
 * @see docs.veracode.com "HMAC signing"; computed here on its own, so that it shares no mistake with the signer
 */
export function tracesOf(key: string, sent: readonly SentSignature[]): readonly Trace[] {
  const bare = key.replace(PREFIX, '');
  const bytes = Buffer.from(bare, 'hex');
  const texts: readonly Trace[] = [
    { name: 'the key', text: key },
    { name: 'the key without its prefix', text: bare },
    { name: 'the key in base64', text: Buffer.from(key).toString('base64') },
    { name: 'the key without its prefix in base64', text: Buffer.from(bare).toString('base64') },
    { name: "the key's bytes in base64", text: bytes.toString('base64') },
  ];
  return [...texts, ...sent.flatMap((request) => derivedTraces(bytes, request))].flatMap(withoutPadding);
}

function derivedTraces(key: Uint8Array, { timestamp, nonce, signature }: SentSignature): readonly Trace[] {
  const nonceKey = hmac(key, Buffer.from(nonce, 'hex'));
  const dateKey = hmac(nonceKey, timestamp);
  const signingKey = hmac(dateKey, 'vcode_request_version_1');
  const steps = Object.entries({ 'nonce key': nonceKey, 'date key': dateKey, 'signing key': signingKey, signature: Buffer.from(signature, 'hex') });
  return steps.flatMap(([name, bytes]) => [
    { name: `a ${name}`, text: bytes.toString('hex') },
    { name: `a ${name} in base64`, text: bytes.toString('base64') },
  ]);
}

/** Padding is not needed to use a value; without it, one text covers both. */
function withoutPadding({ name, text }: Trace): readonly Trace[] {
  const plain = text.replace(/=+$/u, '');
  const urlSafe = plain.replaceAll('+', '-').replaceAll('/', '_');
  return urlSafe === plain ? [{ name, text: plain }] : [{ name, text: plain }, { name: `${name}, URL-safe`, text: urlSafe }];
}

function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** The names of the traces that a text holds, in whatever case. */
export function leaksIn(text: string, traces: readonly Trace[]): readonly string[] {
  const lower = text.toLowerCase();
  return [...new Set(traces.filter((trace) => lower.includes(trace.text.toLowerCase())).map(({ name }) => name))];
}
