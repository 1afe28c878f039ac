import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { JestResultsReporter, RESULTS_FILE } from './jest-results-reporter.mjs';

it('counts files that could not run as failures, and names every test that neither passed nor failed', async () => {
  const rootDir = await mkdtemp(join(tmpdir(), 'verapipe-reporter-'));
  try {
    new JestResultsReporter({ rootDir }).onRunComplete(undefined, {
      numPassedTests: 2,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 1,
      testResults: [
        { testResults: [{ status: 'passed', fullName: 'a' }, { status: 'failed', fullName: 'b' }] },
        { testResults: [{ status: 'pending', fullName: 'not run: no java' }, { status: 'todo', fullName: 'c' }] },
      ],
    });
    const written = JSON.parse(await readFile(join(rootDir, RESULTS_FILE), 'utf8'));
    expect(written).toEqual({ passed: 2, failed: 2, skipped: ['not run: no java', 'c'] });
  } finally {
    await rm(rootDir, { recursive: true });
  }
});
