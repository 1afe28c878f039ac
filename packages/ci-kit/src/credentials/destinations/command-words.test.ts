import { describe, expect, it } from '@jest/globals';

import { parseCommandWords } from './command-words.js';

describe('parseCommandWords', () => {
  it.each<[string, readonly string[]]>([
    ['gh secret set -f -', ['gh', 'secret', 'set', '-f', '-']],
    ['  store\t--once ', ['store', '--once']],
    [String.raw`C:\tools\store.exe --once`, [String.raw`C:\tools\store.exe`, '--once']],
    ['["store", "a b", "$x", ""]', ['store', 'a b', '$x', '']],
  ])('%s', (text, words) => {
    expect(parseCommandWords(text)).toEqual({ words });
  });

  it.each(['', '  ', 'a "b c"', 'a | b', 'a > b', 'a $B', 'a; b', 'a `b`', '[', '[]', '[""]', '["a", 1]', '{"a": 1}', '["a\\u0000"]'])('%j is none', (text) => {
    expect(parseCommandWords(text)).toEqual({ wanted: expect.stringContaining('JSON array') });
  });
});
