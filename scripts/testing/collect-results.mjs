import { existsSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { RESULTS_FILE } from './jest-results-reporter.mjs';

/** @typedef {import('./jest-results-reporter.mjs').SuiteResults} SuiteResults */

/**
 * All suites together.
 *
 * @typedef {SuiteResults & { silent: readonly string[] }} TestResults
 */

/**
 * The folders that hold a jest suite: the root and the packages.
 *
 * @param {string} root
 * @returns {Promise<readonly string[]>}
 */
export async function listSuites(root) {
  const packages = await readdir(join(root, 'packages'));
  const folders = [root, ...packages.map((name) => join(root, 'packages', name))];
  return folders.filter((folder) => existsSync(join(folder, 'jest.config.mjs')));
}

/** Removes earlier results, so that none can stand in for a suite that does not start. @param {string} root */
export async function forgetResults(root) {
  for (const suite of await listSuites(root)) await rm(join(suite, RESULTS_FILE), { force: true });
}

/**
 * Adds up what the suites wrote. A suite without results is listed as silent, which is a failure.
 *
 * @param {string} root
 * @param {readonly string[]} [leftOut] - folders of packages that were not to run: `packages/trials`
 * @returns {Promise<TestResults>}
 */
export async function collectResults(root, leftOut = []) {
  let passed = 0;
  /** @type {string[]} */
  const failed = [];
  /** @type {string[]} */
  const skipped = [];
  /** @type {string[]} */
  const silent = [];
  const notWanted = new Set(leftOut.map((folder) => join(root, folder)));
  for (const suite of await listSuites(root)) {
    if (notWanted.has(suite)) continue;
    const name = suite === root ? 'scripts' : basename(suite);
    const results = await readResults(join(suite, RESULTS_FILE));
    if (results === null) {
      silent.push(name);
      continue;
    }
    passed += results.passed;
    failed.push(...results.failed.map((test) => `${name}: ${test}`));
    skipped.push(...results.skipped.map((test) => `${name}: ${test}`));
  }
  return { passed, failed, skipped, silent };
}

/** @param {string} file @returns {Promise<SuiteResults | null>} */
async function readResults(file) {
  if (!existsSync(file)) return null;
  return /** @type {SuiteResults} */ (JSON.parse(await readFile(file, 'utf8')));
}
