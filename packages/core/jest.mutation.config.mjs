import { readdirSync, writeFileSync } from 'node:fs';

import config from './jest.config.mjs';

const folder = process.env['VERAPIPE_MUTATION_FOLDER'] ?? 'gates';
/**
 * One file that brings the tests of the folder: loading the modules once takes a tenth of loading them for each. Where
 * the environment knows which files have the tests of a mutant, it brings these.
 */
const ENTRY = 'every-test.mutation.ts';
const HERE = new URL(`src/${folder}/`, import.meta.url);

const tests = readdirSync(HERE, { recursive: true }).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.test.ts'));
writeFileSync(new URL(ENTRY, HERE), tests.map((path) => `if (globalThis.isWanted('${path}')) await import('./${path.replace(/\.ts$/, '.js')}');\n`).join(''));

/** The tests of one folder, without the reporter that keeps results for `npm test`. */
export default {
  ...config,
  testMatch: [`<rootDir>/src/${folder}/${ENTRY}`],
  testEnvironment: './jest.mutation-environment.mjs',
  reporters: ['default'],
  coverageThreshold: undefined,
};
