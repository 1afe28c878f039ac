import { describe, expect, it } from '@jest/globals';

import { findingPath, relativePath } from './finding-path.js';

describe('relativePath', () => {
  it.each<[path: string | null, wanted: string | null]>([
    ['src/a.c', 'src/a.c'],
    ['./src//a.c', 'src/a.c'],
    ['/build/src/a.c', 'build/src/a.c'],
    ['src/../lib/x.c', 'lib/x.c'],
    ['a/b/../../c.c', 'c.c'],
    ['a/b/../.././c.c', 'c.c'],
    ['../../etc/passwd', 'etc/passwd'],
    ['a/../../../etc/passwd', 'etc/passwd'],
    ['src/..', null],
    ['src/...', 'src/...'],
    ['src/..a/b', 'src/..a/b'],
    ['C:\\build\\src\\x.cs', 'build/src/x.cs'],
    ['c:/build/src/x.cs', 'build/src/x.cs'],
    ['C:\\build\\..\\src\\x.cs', 'src/x.cs'],
    ['C:x.cs', 'x.cs'],
    ['C:\\', null],
    ['C:', null],
    ['\\\\server\\share\\x.cs', 'server/share/x.cs'],
    ['src/C:/x.cs', 'src/C:/x.cs'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['https://shop.example/x', 'https:/shop.example/x'],
    ['src/a\u202Ec.h', 'src/a\uFFFDc.h'],
    ['', null],
    [null, null],
  ])('of %j is %j', (path, wanted) => {
    expect(relativePath(path)).toBe(wanted);
  });
});

describe('findingPath', () => {
  it.each<[name: string, repositoryPath: string | null, file: string | null, wanted: string | null]>([
    ['the file of the checkout', 'shop/src/a.c', 'src/a.c', 'shop/src/a.c'],
    ["the platform's file", null, 'src/a.c', 'src/a.c'],
    ["the platform's file where the other is no path", '..', 'src/a.c', 'src/a.c'],
    ['none', null, null, null],
  ])('is %s', (_name, repositoryPath, file, wanted) => {
    expect(findingPath({ repositoryPath, file })).toBe(wanted);
  });
});
