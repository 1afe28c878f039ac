import { describe, expect, it } from '@jest/globals';

import { readPin } from './pnpm.mjs';

const HASH = 'ab'.repeat(64);

describe('readPin', () => {
  it('reads version and hash', () => {
    expect(readPin(JSON.stringify({ packageManager: `pnpm@10.34.9+sha512.${HASH}` }))).toEqual({ version: '10.34.9', sha512: HASH });
  });

  it.each([
    ['absent', undefined],
    ['without a hash', 'pnpm@10.34.9'],
    ['a range', `pnpm@^10.34.9+sha512.${HASH}`],
    ['another manager', `yarn@4.0.0+sha512.${HASH}`],
    ['a short hash', 'pnpm@10.34.9+sha512.abcdef'],
  ])('refuses a pin that is %s', (_name, packageManager) => {
    expect(() => readPin(JSON.stringify({ packageManager }))).toThrow('wanted: pnpm@<version>+sha512.');
  });
});
