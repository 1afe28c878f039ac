import preset from './jest.preset.mjs';

/** The suite of the scripts; every package has its own. */
export default { ...preset, roots: ['<rootDir>/scripts'], testMatch: ['<rootDir>/scripts/**/*.test.mjs'] };
