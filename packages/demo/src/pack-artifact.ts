import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runProgram } from './run-program.js';

/**
 * Packs a package as it would be published, with the package manager that started us.
 *
 * @returns the archive's path inside `targetFolder`
 */
export async function packArtifact(packageFolder: string, targetFolder: string): Promise<string> {
  const packageManager = process.env['npm_execpath'];
  if (packageManager === undefined) {
    throw new Error('No package manager to pack the artifact with. Start the demo as `npm run demo` in the root.');
  }
  const args = [packageManager, 'pack', '--pack-destination', targetFolder];
  const exitCode = await runProgram({ args, cwd: packageFolder, env: process.env, output: 'errors' });
  const archive = (await readdir(targetFolder)).find((name) => name.endsWith('.tgz'));
  if (exitCode !== 0 || archive === undefined) {
    throw new Error(`Packing ${packageFolder} ended with ${exitCode}. Build the packages first: npm run setup`);
  }
  return join(targetFolder, archive);
}
