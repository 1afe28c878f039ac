import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { runNode } from './run-node.mjs';
import { TaskError } from './task-error.mjs';

/** Inside node_modules, so that it goes when they go. */
const STAMP = join(ROOT, 'node_modules', '.verapipe-installed');

/**
 * Installs exactly what the lockfile says, unless that has been done for this lockfile on this kind of machine.
 *
 * @param {import('./pnpm.mjs').Pnpm} pnpm
 * @param {NodeJS.ProcessEnv} env
 */
export async function installWhenStale(pnpm, env) {
  const wanted = await fingerprint(pnpm.version);
  const installed = await readFile(STAMP, 'utf8').catch(() => '');
  if (installed === wanted) return;

  console.error('Installing the packages of the lockfile');
  const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false', '--reporter=append-only', '--loglevel=error'];
  const { exitCode } = await runNode([pnpm.entry, ...args], { env, output: 'stderr' });
  if (exitCode !== 0) {
    throw new TaskError(
      `pnpm install --frozen-lockfile ended with ${exitCode}; its own words stand above.\n` +
        'Offline or behind a proxy? npm and pnpm read the same settings: .npmrc, HTTPS_PROXY, NODE_EXTRA_CA_CERTS.\n' +
        'Was a package.json changed? Then run `pnpm install` once and commit the lockfile with it.',
    );
  }
  await writeFile(STAMP, wanted);
}

/** @param {string} pnpmVersion */
async function fingerprint(pnpmVersion) {
  const hash = createHash('sha256').update([pnpmVersion, process.version, process.platform, process.arch].join(' '));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(await readFile(join(ROOT, file)));
  return hash.digest('hex');
}
