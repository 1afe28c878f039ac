import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** This package; the file runs from its `dist`. */
export const BENCH_FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));

/** The checkout. */
export const ROOT = dirname(dirname(BENCH_FOLDER));

/** The CLI's package folder and its program. */
export const CLI_FOLDER = dirname(require.resolve('verapipe/package.json'));
export const CLI = join(CLI_FOLDER, 'dist', 'main.js');

/** The emulator's program. */
export const EMULATOR = join(dirname(require.resolve('@verapipe/emulator/package.json')), 'dist', 'main.js');

/** A program of `src/children`, built: `main-<name>.ts`. */
export function child(name: string): string {
  return join(BENCH_FOLDER, 'dist', 'children', `main-${name}.js`);
}
