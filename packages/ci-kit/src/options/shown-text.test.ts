import { describe, expect, it } from '@jest/globals';

import { shownText } from './shown-text.js';

const KEY = 'c0ffee42'.repeat(16);

describe('shownText', () => {
  it.each([
    ['app.jar', 'app.jar'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    [KEY, '[redacted]'],
    [`vera01es-${KEY}`, '[redacted]'],
    [`--vkey=${KEY.toUpperCase()}.`, '--vkey=[redacted].'],
    [`${'x'.repeat(50)}-${KEY}`, `${'x'.repeat(50)}-[redacted…`],
    ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  ])('of %p is %p', (text, wanted) => {
    expect(shownText(text)).toBe(wanted);
  });
});
