import { describe, expect, it } from '@jest/globals';

import { compilePathPattern } from './path-pattern.js';

describe('compilePathPattern', () => {
  it.each([
    ['src/a.js', 'src/a.js', true],
    ['src/a.js', 'src/axjs', false],
    ['src/a.js', 'Src/a.js', false],
    ['a.js', 'src/a.js', false],
    ['src/*', 'src/a.js', true],
    ['src/*', 'src/lib/a.js', false],
    ['src/*.js', 'src/.js', true],
    ['src/**', 'src/lib/a.js', true],
    ['src/**', 'src', false],
    ['src/**', 'srcs/a.js', false],
    ['**/a.js', 'a.js', true],
    ['**/a.js', 'x/y/a.js', true],
    ['**/a.js', 'x/ya.js', false],
    ['src/**/a.js', 'src/a.js', true],
    ['src/**/a.js', 'src/x/y/a.js', true],
    ['**', '', true],
    ['*', 'a/b', false],
    ['?.js', 'a.js', true],
    ['?.js', '/.js', false],
    ['app/[id]/{x}.js', 'app/[id]/{x}.js', true],
    ['app/[id].js', 'app/i.js', false],
    ['a+b(c)|d^e$', 'a+b(c)|d^e$', true],
  ])('%j on %j: %s', (pattern, path, expected) => {
    expect(compilePathPattern(pattern).test(path)).toBe(expected);
  });
});
