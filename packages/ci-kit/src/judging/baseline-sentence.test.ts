import { describe, expect, it } from '@jest/globals';

import type { KnownBy } from '../baselines/known-findings.js';
import { baselineSentence } from './baseline-sentence.js';

describe('baselineSentence', () => {
  it.each<[knownBy: KnownBy, sentence: string]>([
    [{ exact: 0, id: 0, near: 0 }, 'Baseline known.json: none of the findings is known.'],
    [{ exact: 0, id: 1, near: 0 }, 'Baseline known.json: 1 finding is known: 1 id (by the id of the platform).'],
    [{ exact: 3, id: 0, near: 1 }, 'Baseline known.json: 4 findings are known: 3 exact (by equal hashes), 1 near (by CWE, file, function and nearest line).'],
  ])('%j', (knownBy, sentence) => {
    expect(baselineSentence('known.json', knownBy)).toBe(sentence);
  });
});
