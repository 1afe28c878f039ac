import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { protocolFile } from '../../test/samples.js';
import { Secret } from '../kernel/redact.js';
import { parseCredentials } from './credentials.js';
import { createAuthorizationHeader } from './signature.js';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly apiId: string;
  readonly apiKey: string;
  readonly nonceHex: string;
  readonly timestampMs: number;
  readonly region: string;
  readonly expected: string;
  readonly signedTarget: string;
  readonly signedHost: string;
  readonly allImplementationsAgree: boolean;
}

interface VectorFile {
  readonly vectors: readonly Vector[];
}

const { vectors } = JSON.parse(readFileSync(protocolFile('signature-vectors.json'), 'utf8')) as VectorFile;

/** The case of hexadecimal digits carries nothing; one vector has an upper-case nonce, we have bytes. */
function sign(vector: Vector, url: URL): string {
  return createAuthorizationHeader({
    credentials: parseCredentials(vector),
    method: vector.method,
    url,
    timestampMs: vector.timestampMs,
    nonce: Buffer.from(vector.nonceHex, 'hex'),
  });
}

describe('createAuthorizationHeader', () => {
  const agreed = vectors.filter((vector) => vector.allImplementationsAgree);

  it('has vectors to pass', () => {
    expect(agreed.length).toBeGreaterThanOrEqual(42);
  });

  it.each(agreed)('agrees with every known client: $name', (vector) => {
    expect(sign(vector, new URL(vector.url)).toLowerCase()).toBe(vector.expected.toLowerCase());
  });

  it.each(vectors)('finds the region of the credentials: $name', (vector) => {
    expect(parseCredentials(vector).region).toBe(vector.region);
  });

  /** The others depend on how a caller's text becomes a URL; once it is the same URL, the signature is the same. */
  const sameTarget = vectors.filter((vector) => {
    const url = new URL(vector.url);
    return `${url.pathname}${url.search}` === vector.signedTarget && url.hostname === vector.signedHost;
  });
  it.each(sameTarget)('signs the URL as it is sent: $name', (vector) => {
    expect(sign(vector, new URL(vector.url)).toLowerCase()).toBe(vector.expected.toLowerCase());
  });

  it.each([
    ['is not hexadecimal', 'not-hexadecimal'],
    ['begins otherwise', 'zz0f0f'],
    ['ends otherwise', '0f0fzz'],
    ['has half a byte', '0f0'],
    ['is empty', ''],
  ])('refuses a key that %s without showing it', (_name, key) => {
    const credentials = { apiId: 'ab', apiKey: new Secret(key) };
    const act = (): string =>
      createAuthorizationHeader({
        credentials,
        method: 'GET',
        url: new URL('https://api.veracode.com/'),
        timestampMs: 1,
        nonce: new Uint8Array(16),
      });
    expect(act).toThrow(expect.objectContaining({ name: 'CredentialError', code: 'malformed-api-key' }));
    expect(act).toThrow(/^The API key is not hexadecimal\.$/);
  });

  it('changes with every part that is signed', () => {
    const base = {
      credentials: { apiId: 'ab'.repeat(16), apiKey: new Secret('0f'.repeat(64)) },
      method: 'GET',
      url: new URL('https://api.veracode.com/appsec/v1/applications?page=1'),
      timestampMs: 1_700_000_000_000,
      nonce: new Uint8Array(16),
    };
    const urls = fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] });
    fc.assert(
      fc.property(urls, urls, (left, right) => {
        const [a, b] = [new URL(left), new URL(right)];
        const same = a.hostname === b.hostname && a.pathname === b.pathname && a.search === b.search;
        const signatures = [a, b].map((url) => createAuthorizationHeader({ ...base, url }));
        expect(signatures[0] === signatures[1]).toBe(same);
      }),
    );
    const one = createAuthorizationHeader(base);
    expect(createAuthorizationHeader({ ...base, method: 'POST' })).not.toBe(one);
    expect(createAuthorizationHeader({ ...base, method: 'get' })).toBe(one);
    expect(createAuthorizationHeader({ ...base, nonce: new Uint8Array(16).fill(1) })).not.toBe(one);
    expect(createAuthorizationHeader({ ...base, timestampMs: base.timestampMs + 1 })).not.toBe(one);
  });
});
