import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CredentialError } from '../kernel/errors.js';
import { parseCredentials, type RawCredentials } from './credentials.js';

const ID = '3dda'.repeat(8);
const KEY = '0f1e'.repeat(32);

/** All that a user can get to see. */
function printOutcome(raw: RawCredentials): string {
  try {
    return inspect(parseCredentials(raw).apiKey);
  } catch (error) {
    const { name, message, advice } = error as CredentialError;
    expect(name).toBe('CredentialError');
    return `${message} ${advice ?? ''}`;
  }
}

describe('parseCredentials', () => {
  it.each([
    ['without prefixes', ID, KEY, 'global'],
    ['of the commercial region', `vera01gi-${ID}`, `vera01gs-${KEY}`, 'global'],
    ['of the European region', `vera01ei-${ID}`, `vera01es-${KEY}`, 'european'],
    ['of the federal region', `vera01fi-${ID}`, `vera01fs-${KEY}`, 'fedramp'],
    ['in upper case', `VERA01EI-${ID.toUpperCase()}`, `VERA01ES-${KEY}`, 'european'],
    ['with blanks around', ` ${ID}\n`, `\t${KEY}\r\n`, 'global'],
    ['of the longest kind', 'ab'.repeat(64), 'cd'.repeat(512), 'global'],
  ])('reads a pair %s', (_name, apiId, apiKey, region) => {
    const credentials = parseCredentials({ apiId, apiKey });
    expect(credentials.region).toBe(region);
    expect(credentials.apiId).toMatch(/^[0-9a-f]+$/);
    expect(credentials.apiKey.reveal()).toMatch(/^[0-9a-f]+$/);
  });

  it.each([
    ['no id', '', KEY, 'empty-value', 'The API id is empty.'],
    ['no key', ID, ' \n', 'empty-value', 'The API key is empty.'],
    ['a variable of a shell', ID, '$VERACODE_API_KEY_SECRET', 'unexpanded-variable', /key looks like the reference/],
    ['a variable of Azure', '$(VERACODE_API_KEY_ID)', KEY, 'unexpanded-variable', /id looks like the reference/],
    ['a variable of Windows', ID, '%SECRET%', 'unexpanded-variable', /key looks like the reference/],
    ['an unknown prefix', `vera99xx-${ID}`, KEY, 'unknown-prefix', /API id has a dash at position 9/],
    ['an unknown region', ID, `vera01zs-${KEY}`, 'unknown-prefix', /API key has a dash at position 9/],
    ['a key of the shortest length as an id, with a shorter key', KEY, KEY.slice(1), 'swapped-id-and-key', 'The API id and the API key are swapped.'],
    ['two values of the same length', ID, ID, 'malformed-api-key', /has 32 digits/],
    ['a dash in the middle', `${ID.slice(4)}-${ID}`, KEY, 'unknown-prefix', /API id has a dash at position 29/],
    ['a tilde', `${ID.slice(1)}~`, KEY, 'malformed-api-id', /a punctuation mark at position 32;/],
    ['swapped values', KEY, ID, 'swapped-id-and-key', 'The API id and the API key are swapped.'],
    ['swapped prefixed values', `vera01es-${KEY}`, `vera01ei-${ID}`, 'swapped-id-and-key', 'The API id and the API key are swapped.'],
    ['two keys', `vera01es-${KEY}`, `vera01es-${KEY}`, 'swapped-id-and-key', 'Two API keys were given and no API id.'],
    ['two ids', `vera01ei-${ID}`, `vera01ei-${ID}`, 'swapped-id-and-key', 'Two API ids were given and no API key.'],
    ['two regions', `vera01ei-${ID}`, `vera01gs-${KEY}`, 'mixed-regions', /id has the prefix of the european region, the key has the prefix of the global region/],
    ['a prefix on the id only', `vera01ei-${ID}`, KEY, 'mixed-regions', /the key has no region prefix/],
    ['a prefix on the key only', ID, `vera01es-${KEY}`, 'mixed-regions', /the id has no region prefix/],
    ['a short id', ID.slice(1), KEY, 'malformed-api-id', /has 31 digits without its prefix; 32 to 128 are possible/],
    ['a long id', 'ab'.repeat(65), 'ab'.repeat(65), 'malformed-api-id', /has 130 digits/],
    ['a short key', ID, KEY.slice(2), 'malformed-api-key', /has 126 digits without its prefix; 128 to 1024 are possible/],
    ['a long key', ID, 'ab'.repeat(513), 'malformed-api-key', /has 1026 digits/],
    ['an odd key', ID, `${KEY}0`, 'malformed-api-key', /odd number of digits \(129\)/],
    ['a letter', ID, KEY.replace('0', 'g'), 'malformed-api-key', /a letter that is not hexadecimal at position 1;/],
    ['a blank inside', ID, KEY.replace('1', ' '), 'malformed-api-key', /a blank or line break at position 3;/],
    ['quotes', ID, `"${KEY}"`, 'malformed-api-key', /a quotation mark at position 1;/],
    ['punctuation', `${ID.slice(1)}:`, KEY, 'malformed-api-id', /a punctuation mark at position 32;/],
    ['a foreign character', `${ID.slice(1)}ö`, KEY, 'malformed-api-id', /a character outside ASCII at position 32;/],
  ])('refuses %s', (_name, apiId, apiKey, code, message) => {
    expect(() => parseCredentials({ apiId, apiKey })).toThrow(expect.objectContaining({ name: 'CredentialError', code }));
    expect(() => parseCredentials({ apiId, apiKey })).toThrow(message);
  });

  it('never shows any part of a value, whatever is wrong with it', () => {
    const value = fc.oneof(
      fc.stringMatching(/^(vera01[gefx][isz]-)?[0-9a-f]{8,200}$/),
      fc.string({ minLength: 8, maxLength: 200 }),
      fc.stringMatching(/^["'$%(]?[0-9a-zA-Z_]{8,60}["')%]?$/),
    );
    fc.assert(
      fc.property(fc.record({ apiId: value, apiKey: value }), (raw: RawCredentials) => {
        const printed = printOutcome(raw);
        const known = 'API id API key vera01gi-, vera01ei-, vera01fi- vera01gs-, vera01es-, vera01fs- VERACODE_API_KEY';
        for (let at = 0; at + 8 <= raw.apiKey.length; at += 1) {
          const part = raw.apiKey.slice(at, at + 8);
          if (!known.includes(part) && part.trim().length === 8) expect(printed).not.toContain(part);
        }
      }),
      { numRuns: 500 },
    );
  });
});
