import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Where a suite's results lie, relative to its package; a turbo output, so that a cached run has them too. */
export const RESULTS_FILE = join('.test-results', 'tests.json');

/**
 * One suite's results.
 *
 * @typedef {object} SuiteResults
 * @property {number} passed
 * @property {readonly string[]} failed - full name and the first line of what was wrong: tests, and files that could not run
 * @property {readonly string[]} skipped - full names; by convention they say "not run: why"
 */

/**
 * What jest hands a reporter, as far as it is read here.
 *
 * @typedef {object} JestResults
 * @property {number} numPassedTests
 * @property {readonly JestFile[]} testResults
 */

/**
 * @typedef {object} JestFile
 * @property {string} testFilePath
 * @property {{ message: string } | undefined} [testExecError] - why the file could not be run at all
 * @property {readonly { status: string, fullName: string, failureMessages?: readonly string[] }[]} testResults
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
    failed: results.testResults.flatMap(listFailures),
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
  };
}

/** @param {JestFile} file @returns {readonly string[]} */
function listFailures({ testFilePath, testExecError, testResults }) {
  if (testExecError) return [`${basename(testFilePath)}: ${firstLine(testExecError.message)}`];
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${basename(testFilePath)}: ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`);
}

/** @param {string} message */
function firstLine(message) {
  return stripVTControlCharacters(message).trim().split('\n', 1).join('');
}

// eslint-disable-next-line no-restricted-syntax -- jest loads a reporter by its default export
export default JestResultsReporter;
