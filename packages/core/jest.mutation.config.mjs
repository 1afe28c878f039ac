import config from './jest.config.mjs';

const folder = process.env['VERAPIPE_MUTATION_FOLDER'] ?? 'gates';

/** The tests of one folder, without the reporter that keeps results for `npm test`. */
export default { ...config, testMatch: [`<rootDir>/src/${folder}/**/*.test.ts`], reporters: ['default'], coverageThreshold: undefined };
