import { posix, win32 } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isInside } from './is-inside.js';

describe('isInside', () => {
  it.each([
    ['/build/a', '/build', true],
    ['/build', '/build', true],
    ['/build/..a', '/build', true],
    ['/builds/a', '/build', false],
    ['/', '/build', false],
    ['/build', '/', true],
  ])('%s in %s: %p', (path, folder, wanted) => {
    expect(isInside(path, folder, posix)).toBe(wanted);
  });

  it.each([
    [String.raw`C:\work\a`, String.raw`c:\Work`, true],
    [String.raw`D:\work\a`, String.raw`C:\work`, false],
    [String.raw`\\server\share\a`, String.raw`C:\work`, false],
    [String.raw`\\server\share\a`, String.raw`\\server\share`, true],
  ])('%s in %s: %p', (path, folder, wanted) => {
    expect(isInside(path, folder, win32)).toBe(wanted);
  });

  // A name of one folder or file, as any system may have it.
  const name = fc.string({ minLength: 1 }).filter((text) => !/[/\\:\0]/u.test(text) && !/^[. ]+$/u.test(text) && !/[. ]$/u.test(text));
  it.each([
    ['posix', posix, '/'],
    ['win32', win32, 'C:\\'],
  ] as const)('holds for whatever lies below a folder, and for nothing beside it (%s)', (_name, paths, root) => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), fc.array(name), name, (folders, below, other) => {
        fc.pre(other.toLowerCase() !== folders.at(-1)?.toLowerCase());
        const folder = paths.join(root, ...folders);
        expect(isInside(paths.join(folder, ...below), folder, paths)).toBe(true);
        expect(isInside(paths.join(folder, '..', other, ...below), folder, paths)).toBe(false);
      }),
    );
  });
});
