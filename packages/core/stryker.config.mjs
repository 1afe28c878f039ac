import { availableParallelism } from 'node:os';

/**
 * Mutation testing of one folder of `src`, which the environment names; `mutation.mjs` runs all that carry the
 * promises. A folder is judged by its own tests: with all others each mutant would take as long as the whole suite.
 */
const folder = process.env['VERAPIPE_MUTATION_FOLDER'] ?? 'gates';

export default {
  mutate: [`src/${folder}/**/*.ts`, '!src/**/*.test.ts', '!src/**/*.mutation.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Two folders below the root, as the package itself is: relative paths in the configuration hold there too.
  tempDirName: '../../.stryker-tmp',
  incremental: true,
  incrementalFile: `reports/mutation/${folder}.incremental.json`,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: `reports/mutation/${folder}.json` },
  timeoutMS: 5000,
  // A mutant is not noticed because the machine is busy.
  timeoutFactor: 3,
  // A part of a workflow test is waiting for sockets.
  concurrency: 1 + availableParallelism(),
  // A mutant may leave a loop behind that nothing ends, and every one leaves memory.
  maxTestRunnerReuse: 25,
};
