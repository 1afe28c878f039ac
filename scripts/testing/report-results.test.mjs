import { describe, expect, it } from '@jest/globals';

import { allGood, reportResults } from './report-results.mjs';

const GREEN = { passed: 3, failed: [], skipped: [], silent: [] };

describe('reportResults', () => {
  it('ends with one line of figures', () => {
    expect(reportResults(GREEN)).toEqual(['tests: 3 passed, 0 failed, 0 skipped']);
  });

  it('lists what was not run, what failed, and suites that never started', () => {
    const lines = reportResults({
      passed: 1,
      failed: ['core: retry.test.ts: waits: Expected: 1'],
      skipped: ['core: reads samples, not run: no facts folder'],
      silent: ['cli'],
    });
    expect(lines).toEqual([
      'not run: core: reads samples, not run: no facts folder',
      'failed: core: retry.test.ts: waits: Expected: 1',
      'failed: cli wrote no results, so its tests did not run; see above',
      'tests: 1 passed, 2 failed, 1 skipped',
    ]);
  });
});

describe('allGood', () => {
  it.each([
    { name: 'all passed', results: GREEN, requireAll: true, good: true },
    { name: 'one failed', results: { ...GREEN, failed: ['a: b'] }, requireAll: false, good: false },
    { name: 'a silent suite', results: { ...GREEN, silent: ['cli'] }, requireAll: false, good: false },
    { name: 'nothing ran', results: { ...GREEN, passed: 0 }, requireAll: false, good: false },
    { name: 'a skip on a laptop', results: { ...GREEN, skipped: ['needs java'] }, requireAll: false, good: true },
    { name: 'a skip where all is required', results: { ...GREEN, skipped: ['needs java'] }, requireAll: true, good: false },
    { name: 'a skip for podman', results: { ...GREEN, skipped: ['not run: no podman'] }, requireAll: true, good: true },
  ])('$name: $good', ({ results, requireAll, good }) => {
    expect(allGood(results, { requireAll })).toBe(good);
  });
});
