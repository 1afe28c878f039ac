import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRedactor, redactHeaders, redactSignatures, redactUrl, Secret } from './redact.js';

const VALUE = 'c0ffee'.repeat(24);

describe('Secret', () => {
  const secret = new Secret(VALUE);

  const ways: readonly [string, () => string][] = [
    ['a text', () => `key ${String(secret)}`],
    ['addition', () => ['', secret].join()],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect({ secret }, { depth: 10, showHidden: true })],
    ['a raw inspect', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['an error', () => inspect(new Error('x', { cause: { secret } }), { showHidden: true })],
    ['a clone', () => inspect(structuredClone({ secret: Object.assign({}, secret) }))],
    ['its properties', () => JSON.stringify(Object.getOwnPropertyNames(secret).concat(Object.values(secret) as string[]))],
    ['a primitive', () => secret[Symbol.toPrimitive]()],
  ];
  it.each(ways)('does not show through %s', (_name, print) => {
    expect(print()).not.toContain('c0ffee');
  });

  it('prints as redacted and gives itself away only on demand', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[redacted]', '"[redacted]"', '[redacted]']);
    expect(secret.reveal()).toBe(VALUE);
  });
});

describe('createRedactor', () => {
  const prefixed = `vera01es-${VALUE}`;
  const bytes = Buffer.from(VALUE, 'hex');
  const redact = createRedactor([new Secret(prefixed), new Secret('p&w +/ö'), new Secret('abc'), new Secret('')]);

  it.each([
    ['the value', prefixed],
    ['the value without prefix', VALUE],
    ['upper case', VALUE.toUpperCase()],
    ['base64 of the text', Buffer.from(VALUE).toString('base64')],
    ['base64 of the prefixed text', Buffer.from(prefixed).toString('base64')],
    ['base64 of the bytes', bytes.toString('base64')],
    ['base64url of the bytes', bytes.toString('base64url')],
    ['the text in hex', Buffer.from(VALUE).toString('hex')],
    ['a password', 'p&w +/ö'],
    ['a password in a URL', encodeURIComponent('p&w +/ö')],
    ['a signature header', 'VERACODE-HMAC-SHA-256 id=ab,ts=1,nonce=cd,sig=0011223344556677'],
    ['a signature alone', 'sig=00112233445566778899aabbccddeeff'],
    ['a key that nobody knows', `vera01ei-${'ABCD'.repeat(32)}`],
  ])('removes %s from a text', (_name, leak) => {
    const clean = redact(`before ${leak}\nafter`);
    expect(clean).not.toContain(leak);
    expect(clean).toMatch(/^before .*\[redacted\].*\nafter$/);
  });

  it('leaves other text, and secrets too short to tell from it', () => {
    expect(redact('abc of the platform, sig=none')).toBe('abc of the platform, sig=none');
    expect(redact('/containers/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef')).not.toContain('[redacted]');
    expect(createRedactor([])('as it is')).toBe('as it is');
  });

  it('removes any secret from any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (value, before, after) => {
        fc.pre(!'[redacted]'.includes(value) && !value.includes('[redacted]'));
        const clean = createRedactor([new Secret(value)])(`${before}${value}${after}`);
        expect(clean.replaceAll('[redacted]', '\u0000')).not.toContain(value);
      }),
    );
  });
});

describe('redactSignatures', () => {
  it.each([
    ['a header', 'VERACODE-HMAC-SHA-256 id=ab,ts=1,nonce=cd,sig=0011223344556677', 'VERACODE-HMAC-SHA-256 [redacted]'],
    ['a signature without its name', `not valid: ${'aB'.repeat(32)}.`, 'not valid: [redacted].'],
    ['a checksum of another kind', 'c0ffee'.repeat(7), 'c0ffee'.repeat(7)],
  ])('in a text that others wrote: %s', (_name, text, wanted) => {
    expect(redactSignatures(text)).toBe(wanted);
  });
});

describe('redactHeaders', () => {
  it('shows the values of listed headers only', () => {
    expect(
      redactHeaders({ Authorization: 'x', 'content-type': 'text/xml', Cookie: 'y', 'x-new': 'z', date: 'sig=00112233445566778899' }),
    ).toEqual({
      Authorization: '[redacted]',
      'content-type': 'text/xml',
      Cookie: '[redacted]',
      'x-new': '[redacted]',
      date: 'sig=[redacted]',
    });
  });
});

describe('redactUrl', () => {
  it('keeps scheme, host and path', () => {
    expect(redactUrl(new URL('https://user:pw@host.test:8443/a/b.do?name=Project#x'))).toBe('https://host.test:8443/a/b.do');
  });
});
