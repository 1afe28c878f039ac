import { describe, expect, it } from '@jest/globals';

import { NetworkError, RequestTimeoutError } from '../kernel/errors.js';
import { type AttemptFacts, toNetworkError } from './network-error.js';

const DIRECT: AttemptFacts = { host: 'api.example.com:443', proxy: null, sent: true };

function withCode(code: string, message = 'words of the library'): Error {
  return Object.assign(new Error(message), { code });
}

describe('toNetworkError', () => {
  it.each([
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
  ])('takes %s for a certificate that no repeat will cure', (code) => {
    for (const sent of [true, false]) {
      expect(toNetworkError(withCode(code), { ...DIRECT, sent })).toMatchObject({
        name: 'NetworkError',
        code: 'certificate-refused',
        outcome: 'final',
        message: expect.stringMatching(new RegExp(`^The certificate of api\\.example\\.com:443 is not trusted: [a-z].+ \\(${code}\\)\\.$`, 'u')),
        advice: 'If a proxy or gateway re-signs TLS, give its certificate authority with the CA file option.',
      });
    }
  });

  it('knows that nothing was sent before a connection stood', () => {
    expect(toNetworkError(withCode('ENOTFOUND'), { ...DIRECT, sent: false })).toMatchObject({
      code: 'cannot-connect',
      outcome: 'not-sent',
      message: 'No connection to api.example.com:443 (ENOTFOUND).',
      advice: 'Check name resolution, firewall and proxy settings of this agent.',
    });
  });

  it('does not know what became of a request that was sent', () => {
    expect(toNetworkError(withCode('ECONNRESET'), DIRECT)).toMatchObject({
      code: 'connection-lost',
      outcome: 'unknown',
      message: 'The connection to api.example.com:443 broke after the request was sent (ECONNRESET).',
    });
  });

  it('names the proxy in between', () => {
    const error = toNetworkError(withCode('ECONNREFUSED'), { ...DIRECT, proxy: 'proxy:3128', sent: false });
    expect(error.message).toBe('No connection to api.example.com:443 through the proxy proxy:3128 (ECONNREFUSED).');
  });

  it.each([
    ['the first of several addresses', Object.assign(new AggregateError([withCode('EHOSTUNREACH'), withCode('ETIMEDOUT')]), { code: 'ALL' }), 'EHOSTUNREACH'],
    ['itself when none is listed', Object.assign(new AggregateError([]), { code: 'ALL' }), 'ALL'],
    ['itself when the list is none', Object.assign(withCode('ODD'), { errors: 'none' }), 'ODD'],
    ['nothing, when a text was thrown', 'a text', 'unknown reason'],
    ['nothing, when nothing was thrown', null, 'unknown reason'],
  ])('tells %s', (_name, thrown, code) => {
    expect(toNetworkError(thrown, DIRECT).message).toContain(`(${code})`);
  });

  it('keeps what the library said as text, without signatures', () => {
    const signed = withCode('ECONNRESET', `header Authorization: VERACODE-HMAC-SHA-256 id=ab,ts=1,nonce=2,sig=${'a'.repeat(64)}`);
    const { cause } = toNetworkError(signed, DIRECT);
    expect((cause as Error).message).toMatch(/^ECONNRESET: header/);
    expect((cause as Error).message).not.toContain('a'.repeat(64));
  });

  it.each([new NetworkError('ours', { code: 'x', outcome: 'unknown' }), new RequestTimeoutError('ours', { code: 'x' })])('leaves our own errors as they are', (error) => {
    expect(toNetworkError(error, DIRECT)).toBe(error);
  });
});
