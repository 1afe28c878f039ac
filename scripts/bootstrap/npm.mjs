import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { TaskError } from './task-error.mjs';

/**
 * Finds the npm that came with Node, as a file that Node can run: the one that started us, else the one beside Node,
 * else the one on the PATH.
 *
 * @returns {string}
 */
export function findNpm() {
  const starter = process.env['npm_execpath'];
  if (starter !== undefined && /npm-cli\.[cm]?js$/.test(starter)) return starter;

  const binFolders = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)].filter(Boolean);
  const beside = binFolders.flatMap((folder) => [
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(folder), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]);
  const linked = binFolders.map((folder) => join(folder, 'npm')).filter((file) => existsSync(file)).map((file) => realpathSync(file));
  const found = [...beside, ...linked].find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  if (found !== undefined) return found;

  throw new TaskError(
    'npm was not found beside Node or on the PATH, and it is needed once, to fetch the pinned pnpm.\n' +
      'Start the command through npm (`npm run …`), or install npm (on Debian: apt-get install npm).',
  );
}
