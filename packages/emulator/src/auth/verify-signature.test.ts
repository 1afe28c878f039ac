import { describe, expect, it } from '@jest/globals';
import signatureVectors from '@verapipe/protocol/signature-vectors.json' with { type: 'json' };
import { sign, type Signing } from '../../test/signer.js';
import { systemRandom } from '../random-source.js';
import { accountSchema } from '../scenarios/account-schema.js';
import { createKeyring } from './keyring.js';
import { createSignatureVerifier, type SignatureVerifier } from './verify-signature.js';

const apiId = '3ddaeeb10ca690df3fee5e3bd1c329fa';
const apiKey = '0123456789abcdef'.repeat(8);
const nowMs = 1_700_000_000_000;
const toleranceMs = 300_000;

function verifierFor(pair: { readonly apiId: string; readonly apiKey: string }, options: { refuseReplays?: boolean; expiresAtMs?: number } = {}): SignatureVerifier {
  const { refuseReplays = true, expiresAtMs = Infinity } = options;
  const account = accountSchema.parse({});
  const credentials = [{ ...pair, userName: account.userName, expiresAtMs }];
  const keyring = createKeyring({ accounts: () => [account], credentials, random: systemRandom, oldCredentials: '24h' });
  return createSignatureVerifier({ keyring, toleranceMs, refuseReplays });
}

interface Call {
  readonly method?: string;
  readonly host?: string;
  readonly hostHeader?: string;
  readonly target?: string;
}

function check(verifier: SignatureVerifier, authorization: string | undefined, call: Call = {}, atMs = nowMs): string {
  const { method = 'GET', host = 'api.veracode.com', hostHeader = host, target = '/healthcheck/status' } = call;
  const headers = { host: hostHeader, ...(authorization === undefined ? {} : { authorization }) };
  const outcome = verifier.verify({ method, host, target, headers }, atMs);
  return 'refusal' in outcome ? outcome.refusal : 'accepted';
}

function signed(change: Partial<Signing> = {}): string {
  return sign({ apiId, apiKey, method: 'GET', host: 'api.veracode.com', target: '/healthcheck/status', timestampMs: nowMs, ...change });
}

describe('signature vectors', () => {
  const { vectors, rejects } = signatureVectors;

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s is accepted', (_, vector) => {
    const call = { method: vector.method.toUpperCase(), host: vector.signedHost, target: vector.signedTarget };
    expect(check(verifierFor(vector), vector.expected, call, vector.timestampMs)).toBe('accepted');
  });

  it.each(rejects.map((reject) => [reject.name, reject] as const))('%s is refused', (_, reject) => {
    const { hostname, host } = new URL(reject.url);
    const target = reject.url.slice(reject.url.indexOf('/', 'https://'.length));
    const atMs = Number(/ts=(\d+)/.exec(reject.authorization)?.[1]);
    const call = { method: reject.method, host: hostname, hostHeader: host, target };
    expect(check(verifierFor(reject), reject.authorization, call, atMs)).not.toBe('accepted');
  });
});

describe('createSignatureVerifier', () => {
  it.each<[string, string, Call]>([
    ['the id in upper case', signed().replace(apiId, apiId.toUpperCase()), {}],
    ['nonce and signature in upper case', signed().replace(/nonce=.*$/, (part) => part.replaceAll(/[0-9a-f]{32,}/g, (hex) => hex.toUpperCase())), {}],
    ['a nonce of 64 digits', signed({ nonceHex: '30'.repeat(32) }), {}],
    ['a host signed as typed', signed({ host: 'API.Veracode.com' }), { hostHeader: 'API.Veracode.com' }],
    ['a port in the Host header', signed({ host: 'localhost' }), { host: 'localhost', hostHeader: 'localhost:8080' }],
    ['a tunnel to a host, whose Host header has a port', signed(), { hostHeader: 'api.veracode.com:443' }],
    ['an IPv6 host with brackets', signed({ host: '[::1]' }), { host: '[::1]', hostHeader: '[::1]:80' }],
    ['an IPv6 host without', signed({ host: '::1' }), { host: '[::1]', hostHeader: '[::1]:80' }],
    ['a time at the edge', signed({ timestampMs: nowMs - toleranceMs }), {}],
  ])('accepts %s', (_, authorization, call) => {
    expect(check(verifierFor({ apiId, apiKey }), authorization, call)).toBe('accepted');
  });

  it.each<[string, string | undefined, Call, string]>([
    ['no header', undefined, {}, 'there is no Authorization header'],
    ['basic authentication', 'Basic abc', {}, 'the Authorization header has another form'],
    ['the scheme in lower case', signed().toLowerCase(), {}, 'the Authorization header has another form'],
    ['an unknown id', signed({ apiId: 'f'.repeat(32) }), {}, 'the id is not known'],
    ['another key', signed({ apiKey: 'f'.repeat(128) }), {}, 'the signature does not fit'],
    ['another method', signed({ method: 'POST' }), {}, 'the signature does not fit'],
    ['another query', signed({ target: '/healthcheck/status?a=1' }), {}, 'the signature does not fit'],
    ['the port in the signed host', signed({ host: 'localhost:8080' }), { host: 'localhost', hostHeader: 'localhost:8080' }, 'the signature does not fit'],
    ['the host of another tunnel', signed({ host: 'api.veracode.eu' }), { hostHeader: 'api.veracode.eu' }, 'the signature does not fit'],
    ['an early time', signed({ timestampMs: nowMs - toleranceMs - 1000 }), {}, 'the time of the signature is -301 s off'],
    ['a late time', signed({ timestampMs: nowMs + toleranceMs + 1000 }), {}, 'the time of the signature is 301 s off'],
    ['seconds instead of milliseconds', signed({ timestampMs: nowMs / 1000 }), {}, 'the time of the signature is -1698300000 s off'],
    ['a short nonce', signed({ nonceHex: 'abcd' }), {}, 'the nonce has neither 16 nor 32 bytes'],
  ])('refuses %s', (_, authorization, call, wanted) => {
    expect(check(verifierFor({ apiId, apiKey }), authorization, call)).toBe(wanted);
  });

  it('refuses a nonce that was used before, in whatever case', () => {
    const verifier = verifierFor({ apiId, apiKey });
    const nonceHex = 'ab'.repeat(16);
    expect(check(verifier, signed({ nonceHex }))).toBe('accepted');
    expect(check(verifier, signed({ nonceHex }))).toBe('the nonce was used before');
    expect(check(verifier, signed({ nonceHex: nonceHex.toUpperCase(), timestampMs: nowMs + 1 }))).toBe('the nonce was used before');
    verifier.forget();
    expect(check(verifier, signed({ nonceHex }))).toBe('accepted');
  });

  it('does not burn the nonce of a request that it refuses', () => {
    const verifier = verifierFor({ apiId, apiKey });
    const nonceHex = 'cd'.repeat(16);
    check(verifier, signed({ nonceHex, apiKey: 'f'.repeat(128) }));
    expect(check(verifier, signed({ nonceHex }))).toBe('accepted');
  });

  it('takes nonces twice where the scenario says so', () => {
    const verifier = verifierFor({ apiId, apiKey }, { refuseReplays: false });
    const authorization = signed();
    expect([check(verifier, authorization), check(verifier, authorization)]).toEqual(['accepted', 'accepted']);
  });

  it('refuses credentials from the moment of their expiry', () => {
    const verifier = verifierFor({ apiId, apiKey }, { expiresAtMs: nowMs });
    expect(check(verifier, signed({ timestampMs: nowMs - 1 }), {}, nowMs - 1)).toBe('accepted');
    expect(check(verifier, signed())).toBe('the credentials have expired');
  });

  it('keeps prefixed credentials to their region, and takes them under local names', () => {
    const verifier = verifierFor({ apiId: `vera01ei-${apiId}`, apiKey: `vera01es-${apiKey}` });
    expect(check(verifier, signed({ host: 'api.veracode.eu' }), { host: 'api.veracode.eu' })).toBe('accepted');
    expect(check(verifier, signed({ host: 'localhost' }), { host: 'localhost' })).toBe('accepted');
    expect(check(verifier, signed())).toBe('the credentials belong to the region .eu');
  });
});
