import { describe, expect, it } from '@jest/globals';

import { findByName, notFoundByName } from './resolve-by-name.js';

const items = (...names: string[]): { id: string; name: string }[] => names.map((name, index) => ({ id: String(index), name }));

describe('findByName', () => {
  it.each([
    ['the exact name', items('shop', 'Shop', 'SHOP'), { found: { id: '1', name: 'Shop' }, exact: true }],
    ['the only one in another case', items('other', 'SHOP'), { found: { id: '1', name: 'SHOP' }, exact: false }],
    ['nothing', items('Shop 2', 'My Shop'), undefined],
  ])('finds %s', (_name, list, expected) => {
    expect(findByName('profile', 'Shop', list)).toEqual(expected);
  });

  it.each([[items('SHOP', 'shop')], [items('Shop', 'Shop')]])('refuses to guess between %j', (list) => {
    expect(() => findByName('profile', 'Shop', list)).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        code: 'ambiguous-name',
        message: `The name "Shop" fits more than one profile: "${list[0]?.name ?? ''}" (id 0), "${list[1]?.name ?? ''}" (id 1).`,
        advice: 'Give the exact name of the profile that is meant.',
      }),
    );
  });
});

describe('notFoundByName', () => {
  it('names what is near, and nothing else', () => {
    expect(notFoundByName('profile "Shop"', 'Shop', items('Shopp', 'Bank'), 'Look.').message).toBe(
      'There is no profile "Shop" that this account can see. Near: "Shopp".',
    );
    expect(notFoundByName('profile "Shop"', 'Shop', items('Shopp', 'Shoo'), 'Look.').message).toMatch(/ Near: "Shoo", "Shopp"\.$/);
    expect(notFoundByName('profile "Shop"', 'Shop', items('Bank'), 'Look.')).toMatchObject({
      message: 'There is no profile "Shop" that this account can see.',
      code: 'name-not-found',
      advice: 'Look.',
    });
  });
});
