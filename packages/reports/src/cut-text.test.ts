import { describe, expect, it } from '@jest/globals';

import { cutText } from './cut-text.js';

describe('cutText', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a\u{1F600}bc', 3, 'a…'],
    ['\u{1F600}\u{1F600}', 4, '\u{1F600}\u{1F600}'],
  ])('of %j to %i is %j', (text, maxLength, cut) => {
    expect(cutText(text, maxLength)).toBe(cut);
  });
});
