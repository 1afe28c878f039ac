import { fileURLToPath } from 'node:url';

/** Shared jest settings: TypeScript through swc, run as real ES modules, siblings resolved to their sources. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@verapipe/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } }, module: { type: 'es6' } }] },
  testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  // For a test that hangs, and not for one on a busy machine: that is slow, and not wrong. No test has its own.
  testTimeout: 120_000,
  reporters: ['default', fileURLToPath(new URL('scripts/testing/jest-results-reporter.mjs', import.meta.url))],
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.test.ts'],
};
