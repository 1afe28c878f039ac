import { posix, win32 } from 'node:path';

import { describe, expect, it } from '@jest/globals';

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
});
