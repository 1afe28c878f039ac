import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { JestResultsReporter, RESULTS_FILE } from './jest-results-reporter.mjs';

it('names every test that failed or was not run, and files that could not run', async () => {
  const rootDir = await mkdtemp(join(tmpdir(), 'verapipe-reporter-'));
  try {
    new JestResultsReporter({ rootDir }).onRunComplete(undefined, {
      numPassedTests: 2,
      testResults: [
        {
          testFilePath: '/src/b.test.ts',
          testResults: [
            { status: 'passed', fullName: 'a' },
            { status: 'failed', fullName: 'b', failureMessages: ['\u001B[31mError: 503\u001B[39m\n    at there'] },
          ],
        },
        { testFilePath: '/src/d.test.ts', testExecError: { message: 'SyntaxError: no' }, testResults: [] },
        { testFilePath: '/src/c.test.ts', testResults: [{ status: 'pending', fullName: 'not run: no java' }, { status: 'todo', fullName: 'c' }] },
      ],
    });
    const written = JSON.parse(await readFile(join(rootDir, RESULTS_FILE), 'utf8'));
    expect(written).toEqual({ passed: 2, failed: ['b.test.ts: b: Error: 503', 'd.test.ts: SyntaxError: no'], skipped: ['not run: no java', 'c'] });
  } finally {
    await rm(rootDir, { recursive: true });
  }
});
