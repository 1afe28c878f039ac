import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { collectResults, forgetResults } from './collect-results.mjs';
import { RESULTS_FILE } from './jest-results-reporter.mjs';

/** @type {string} */
let root;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'verapipe-results-'));
  await addSuite('.', { passed: 1, failed: [], skipped: [] });
  await addSuite('packages/core', { passed: 2, failed: ['a.test.ts: a: why'], skipped: ['not run: why'] });
  await mkdir(join(root, 'packages', 'protocol'));
});

afterEach(() => rm(root, { recursive: true }));

/** @param {string} folder @param {import('./jest-results-reporter.mjs').SuiteResults} results */
async function addSuite(folder, results) {
  const file = join(root, folder, RESULTS_FILE);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(join(root, folder, 'jest.config.mjs'), '');
  await writeFile(file, JSON.stringify(results));
}

describe('collectResults', () => {
  it('adds up the root and every package that has a suite', async () => {
    expect(await collectResults(root)).toEqual({
      passed: 3,
      failed: ['core: a.test.ts: a: why'],
      skipped: ['core: not run: why'],
      silent: [],
    });
  });

  it('says nothing of a package that was left out', async () => {
    await forgetResults(root);
    await addSuite('.', { passed: 1, failed: [], skipped: [] });
    expect(await collectResults(root, ['packages/core'])).toEqual({ passed: 1, failed: [], skipped: [], silent: [] });
  });

  it('lists a suite without results as silent, never as nothing', async () => {
    await forgetResults(root);
    await addSuite('.', { passed: 1, failed: [], skipped: [] });
    expect(await collectResults(root)).toEqual({ passed: 1, failed: [], skipped: [], silent: ['core'] });
  });
});
