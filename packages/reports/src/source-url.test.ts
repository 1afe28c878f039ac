import { describe, expect, it } from '@jest/globals';

import { sampleResults } from '../test/samples.js';
import type { CiFacts } from './scan-results.js';
import { sourceUrl } from './source-url.js';

function ci(facts: Partial<CiFacts>): CiFacts {
  const { ci: sample } = sampleResults();
  if (sample === null) throw new Error('The sample is a CI run.');
  return { ...sample, commit: 'c0ffee00', repositoryUrl: 'https://host.example/web/shop', ...facts };
}

describe('sourceUrl', () => {
  it.each<readonly [facts: Partial<CiFacts>, line: number | null, wanted: string | null]>([
    [{ system: 'github-actions' }, 7, 'https://host.example/web/shop/blob/c0ffee00/src/a%20b/%23C.java#L7'],
    [{ system: 'gitlab-ci', repositoryUrl: 'https://user:secret@host.example/web/shop.git' }, 7, 'https://host.example/web/shop/-/blob/c0ffee00/src/a%20b/%23C.java#L7'],
    [{ system: 'bitbucket-pipelines' }, null, 'https://host.example/web/shop/src/c0ffee00/src/a%20b/%23C.java'],
    [{ system: 'azure-pipelines' }, 7, 'https://host.example/web/shop?path=/src/a%20b/%23C.java&version=GCc0ffee00&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1'],
    [{ system: 'jenkins' }, 7, null],
    [{ system: 'github-actions', commit: null }, 7, null],
    [{ system: 'github-actions', commit: '../../evil' }, 7, null],
    [{ system: 'github-actions', repositoryUrl: 'javascript:alert(1)' }, 7, null],
    [{ system: 'github-actions', repositoryUrl: null }, 7, null],
  ])('of %j at line %j is %j', (facts, line, wanted) => {
    expect(sourceUrl(ci(facts), 'src/a b/#C.java', line)).toBe(wanted);
  });

  it('is none without a run, and without a file', () => {
    expect(sourceUrl(null, 'a', 1)).toBeNull();
    expect(sourceUrl(ci({ system: 'github-actions' }), null, 1)).toBeNull();
  });
});
