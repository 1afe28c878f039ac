/** Mutation testing of the folders that carry the promises; `npm run mutation`. */
export default {
  mutate: ['auth', 'gates', 'transport', 'waiters', 'workflows'].flatMap((folder) => [`src/${folder}/**/*.ts`, '!src/**/*.test.ts']),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // Two folders below the root, as the package itself is: relative paths in the configuration hold there too.
  tempDirName: '../../.stryker-tmp',
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  thresholds: { high: 90, low: 85, break: 85 },
  timeoutMS: 10_000,
  concurrency: 2,
};
