import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a suite's results lie, relative to its package; a turbo output, so that a cached run has them too. */
export const RESULTS_FILE = join('.test-results', 'tests.json');

/**
 * One suite's results.
 *
 * @typedef {object} SuiteResults
 * @property {number} passed
 * @property {number} failed - tests, and files that could not be run at all
 * @property {readonly string[]} skipped - full names; by convention they say "not run: why"
 */

/**
 * What jest hands a reporter, as far as it is read here.
 *
 * @typedef {object} JestResults
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {readonly { testResults: readonly { status: string, fullName: string }[] }[]} testResults - per file
 */

/** Writes each suite's results to a file, so that `npm test` can add up what turbo ran and what it replayed. */
export class JestResultsReporter {
  /** @param {{ rootDir: string }} globalConfig */
  constructor(globalConfig) {
    this.file = join(globalConfig.rootDir, RESULTS_FILE);
  }

  /** @param {unknown} _contexts @param {JestResults} results */
  onRunComplete(_contexts, results) {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(summarise(results), null, 2)}\n`);
  }
}

/** @param {JestResults} results @returns {SuiteResults} */
function summarise(results) {
  const tests = results.testResults.flatMap((file) => file.testResults);
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
  };
}

// eslint-disable-next-line no-restricted-syntax -- jest loads a reporter by its default export
export default JestResultsReporter;
