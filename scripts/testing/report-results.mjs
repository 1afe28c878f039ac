/** @typedef {import('./collect-results.mjs').TestResults} TestResults */

/** The one tool that a continuous-integration machine may lack. */
const MAY_BE_MISSING = /\bpodman\b/i;

/**
 * What `npm test` prints at its end: what was not run and why, what failed, silent suites, and the one line of figures.
 *
 * @param {TestResults} results
 * @returns {readonly string[]}
 */
export function reportResults(results) {
  return [
    ...results.skipped.map((test) => `not run: ${test}`),
    ...results.failed.map((test) => `failed: ${test}`),
    ...results.silent.map((suite) => `failed: ${suite} wrote no results, so its tests did not run; see above`),
    `tests: ${results.passed} passed, ${failures(results)} failed, ${results.skipped.length} skipped`,
  ];
}

/** @param {TestResults} results */
function failures({ failed, silent }) {
  return failed.length + silent.length;
}

/**
 * Whether the figures allow a green end. With `requireAll` a test that was not run is no better than a failed one.
 *
 * @param {TestResults} results
 * @param {{ requireAll: boolean }} options
 * @returns {boolean}
 */
export function allGood(results, { requireAll }) {
  if (failures(results) > 0 || results.passed === 0) return false;
  return !requireAll || results.skipped.every((test) => MAY_BE_MISSING.test(test));
}
