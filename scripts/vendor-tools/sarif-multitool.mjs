import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

const VERSION = '5.7.0';

/** Where there is a build of it. @type {Partial<Record<NodeJS.Platform, string>>} */
const PACKAGES = { linux: 'sarif-multitool-linux', darwin: 'sarif-multitool-darwin', win32: 'sarif-multitool-win32' };

/** The folder of the program inside the tool's folder. */
const PROGRAM_FOLDER = 'tool';

/**
 * The validator of SARIF files by its makers, through npm. It is no dependency, because its package brings 100 MB of a
 * native program and wants to run a script when it is installed; that script only makes the program executable.
 *
 * @param {NodeJS.Platform} platform
 * @returns {VendorTool}
 */
export function sarifMultitool(platform) {
  const name = PACKAGES[platform];
  return {
    name: 'the SARIF validator',
    folder: 'sarif-multitool',
    wanted: `@microsoft/${name ?? 'sarif-multitool'}@${VERSION}`,
    async fetch(place, { run }) {
      if (name === undefined) throw new ToolMissingError(`there is no build of it for ${platform}.`);
      const args = ['install', '--prefix', '.', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `@microsoft/${name}@${VERSION}`];
      const ended = await run('npm', args, place);
      if (ended === null) throw new ToolMissingError('npm is not on the PATH.');
      if (ended.exitCode !== 0) throw new ToolMissingError(`npm install failed; ${lastWords(ended.output)}`);
      await rename(join(place, 'node_modules', '@microsoft', name), join(place, PROGRAM_FOLDER));
      await rm(join(place, 'node_modules'), { recursive: true });
      if (platform !== 'win32') await chmod(join(place, PROGRAM_FOLDER, 'Sarif.Multitool'), 0o755);
      return VERSION;
    },
  };
}
