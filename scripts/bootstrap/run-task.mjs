import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { TaskError } from './task-error.mjs';
import { openToolbox } from './toolbox.mjs';

const TASKS = join(dirname(dirname(fileURLToPath(import.meta.url))), 'tasks');

/** @typedef {{ run(toolbox: import('./toolbox.mjs').Toolbox, args: readonly string[]): Promise<number> }} Task */

/**
 * Runs `tasks/<name>.mjs` and sets its exit code.
 *
 * @param {string | undefined} name
 * @param {readonly string[]} args
 */
export async function runTask(name, args) {
  try {
    const task = await loadTask(name);
    process.exitCode = await task.run(await openToolbox(), args);
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    console.error(`\n${name}: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

/** @param {string | undefined} name @returns {Promise<Task>} */
async function loadTask(name) {
  const files = await readdir(TASKS);
  const known = files.filter((file) => file.endsWith('.mjs')).map((file) => file.slice(0, -'.mjs'.length));
  if (name === undefined || !known.includes(name)) {
    throw new TaskError(`There is no such task. Known tasks: ${known.join(', ')}.`, { exitCode: 2 });
  }
  return /** @type {Promise<Task>} */ (import(pathToFileURL(join(TASKS, `${name}.mjs`)).href));
}
