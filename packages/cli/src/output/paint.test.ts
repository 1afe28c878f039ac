import { describe, expect, it } from '@jest/globals';

import { createPaint } from './paint.js';

describe('createPaint', () => {
  it.each([
    ['a terminal', { isTerminal: true, color: true, env: {} }, true],
    ['a log', { isTerminal: false, color: true, env: {} }, false],
    ['--no-color', { isTerminal: true, color: false, env: {} }, false],
    ['NO_COLOR', { isTerminal: true, color: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', { isTerminal: true, color: true, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal', { isTerminal: true, color: true, env: { TERM: 'dumb' } }, false],
  ])('%s', (_name, look, isColoured) => {
    expect(createPaint(look)('good', 'x')).toBe(isColoured ? '\u001b[32mx\u001b[0m' : 'x');
  });
});
