import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { findNpm } from './npm.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runNode } from './run-node.mjs';
import { TaskError } from './task-error.mjs';

/** @typedef {{ version: string, entry: string, binFolder: string }} Pnpm */

/**
 * The pnpm that package.json pins, fetched once into the tools folder: from npm's configured registry, through npm's
 * configured proxy, accepted only when its SHA-512 is the pinned one. Nothing global is touched.
 *
 * @returns {Promise<Pnpm>}
 */
export async function providePnpm() {
  const { version, sha512 } = readPin(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const home = join(TOOLS, `pnpm-${version}`);
  const entry = join(home, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  if (!existsSync(entry)) {
    console.error(`Fetching pnpm ${version} into ${home}`);
    await install(version, sha512, home);
  }
  return { version, entry, binFolder: join(home, 'node_modules', '.bin') };
}

/**
 * Reads `pnpm@<version>+sha512.<hex>`.
 *
 * @param {string} packageJson
 * @returns {{ version: string, sha512: string }}
 */
export function readPin(packageJson) {
  /** @type {{ packageManager?: unknown }} */
  const { packageManager } = JSON.parse(packageJson);
  const pin = /^pnpm@(\d+\.\d+\.\d+)\+sha512\.([0-9a-f]{128})$/.exec(String(packageManager));
  if (pin?.[1] === undefined || pin[2] === undefined) {
    throw new TaskError(
      `packageManager in package.json is ${JSON.stringify(packageManager)}; wanted: pnpm@<version>+sha512.<128 hex digits>.`,
    );
  }
  return { version: pin[1], sha512: pin[2] };
}

/** @param {string} version @param {string} sha512 @param {string} home */
async function install(version, sha512, home) {
  await mkdir(TOOLS, { recursive: true });
  const work = await mkdtemp(join(TOOLS, 'pnpm-fetch-'));
  try {
    const archive = await download(version, work);
    await verify(archive, sha512);
    const target = join(work, 'home');
    await npm(
      ['install', '--prefix', target, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--offline', archive],
      'unpacking pnpm',
    );
    await rename(target, home);
  } catch (error) {
    // Two commands may have fetched at the same time: the first one wins, and both have the same bytes.
    if (!existsSync(home)) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} version @param {string} folder */
async function download(version, folder) {
  const what = `fetching pnpm ${version} (is the registry that npm is configured for reachable? try: npm ping)`;
  const listing = await npm(['pack', `pnpm@${version}`, '--pack-destination', folder, '--json'], what);
  /** @type {readonly { filename: string }[]} */
  const [packed] = JSON.parse(listing);
  if (packed === undefined) throw new TaskError(`npm said nothing about the package while ${what}.`);
  return join(folder, packed.filename);
}

/** @param {string} archive @param {string} sha512 */
async function verify(archive, sha512) {
  const actual = createHash('sha512').update(await readFile(archive)).digest('hex');
  if (actual === sha512) return;
  throw new TaskError(
    `The pnpm package that npm fetched is not the pinned one.\n  pinned SHA-512: ${sha512}\n  fetched:        ${actual}\n` +
      'It was not installed. Check which registry npm is configured for (npm config get registry) and who runs it.',
  );
}

/** @param {readonly string[]} args @param {string} what */
async function npm(args, what) {
  const { exitCode, stdout } = await runNode([findNpm(), '--loglevel=error', ...args], { output: 'capture' });
  if (exitCode !== 0) throw new TaskError(`npm ended with ${exitCode} while ${what}. Its own words stand above.`);
  return stdout;
}
