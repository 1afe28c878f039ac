import { describe, expect, it } from '@jest/globals';

import { bareApiId, REGIONS, splitPrefix, withRegionPrefix } from './region.js';

describe('splitPrefix', () => {
  it.each([
    ['no prefix', '3dda', { region: null, part: null, rest: '3dda' }],
    ['an id of the European region', 'vera01ei-3dda', { region: 'european', part: 'id', rest: '3dda' }],
    ['a key of the federal region, in upper case', 'VERA01FS-3DDA', { region: 'fedramp', part: 'key', rest: '3DDA' }],
    ['nothing behind the prefix', 'vera01gi-', { region: 'global', part: 'id', rest: '' }],
  ])('reads a value with %s', (_name, value, parts) => {
    expect(splitPrefix(value, 'The API id')).toEqual(parts);
  });

  it.each([
    ['of no known kind', 'vera02ei-3dda', 9],
    ['behind other text', 'xvera01ei-3dda', 10],
  ])('refuses a prefix %s, and says where', (_name, value, position) => {
    expect(() => splitPrefix(value, 'The API id')).toThrow(
      expect.objectContaining({
        code: 'unknown-prefix',
        message: `The API id has a dash at position ${position}, but what stands before it is no known region prefix.`,
        advice: expect.stringContaining('vera01gi-'),
      }),
    );
  });
});

describe('withRegionPrefix', () => {
  it.each([
    ['european', 'id', '3dda', 'vera01ei-3dda'],
    ['european', 'key', '0f1e', 'vera01es-0f1e'],
    ['fedramp', 'id', '3dda', 'vera01fi-3dda'],
    ['fedramp', 'key', '0f1e', 'vera01fs-0f1e'],
    ['global', 'id', '3dda', '3dda'],
    ['european', 'id', 'vera01ei-3dda', 'vera01ei-3dda'],
  ] as const)('of %s, the %s %s: %s', (region, part, value, written) => {
    expect(withRegionPrefix(value, part, region)).toBe(written);
  });

  it.each(REGIONS)('is read back by splitPrefix: %s', (region) => {
    expect(splitPrefix(withRegionPrefix('3dda', 'id', region), 'The API id').region ?? 'global').toBe(region);
  });
});

describe('bareApiId', () => {
  it.each([
    ['3dda', '3dda'],
    [' 3DDA\n', '3dda'],
    ['vera01ei-3DDA', '3dda'],
    [' VERA01GI-3dda', '3dda'],
  ])('of %j is %s', (apiId, bare) => {
    expect(bareApiId(apiId)).toBe(bare);
  });
});
