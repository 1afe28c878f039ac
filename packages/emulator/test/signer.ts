import { createHmac, randomBytes } from 'node:crypto';

/** What a signature is made of; the test's own code, so that the verifier is not asked about itself. */
export interface Signing {
  readonly apiId: string;
  readonly apiKey: string;
  readonly method: string;
  readonly host: string;
  readonly target: string;
  readonly timestampMs?: number;
  readonly nonceHex?: string;
}

/** The value of an `Authorization` header. */
export function sign(signing: Signing): string {
  const { apiId, apiKey, method, host, target, timestampMs = Date.now(), nonceHex = randomBytes(16).toString('hex') } = signing;
  const hmac = (key: Buffer, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();
  const id = apiId.replace(/^.*-/, '');
  const byNonce = hmac(Buffer.from(apiKey.replace(/^.*-/, ''), 'hex'), Buffer.from(nonceHex, 'hex'));
  const byTime = hmac(byNonce, String(timestampMs));
  const bySchema = hmac(byTime, 'vcode_request_version_1');
  const signature = hmac(bySchema, `id=${id}&host=${host}&url=${target}&method=${method}`).toString('hex');
  return `VERACODE-HMAC-SHA-256 id=${id},ts=${timestampMs},nonce=${nonceHex},sig=${signature}`;
}
