import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';

import { installWhenStale } from './install.mjs';
import { ROOT } from './paths.mjs';
import { providePnpm } from './pnpm.mjs';
import { runNode } from './run-node.mjs';
import { TaskError } from './task-error.mjs';

/**
 * What a task works with, ready: packages installed, pnpm and turbo at hand.
 *
 * @typedef {object} Toolbox
 * @property {(tasks: readonly string[], options?: TurboOptions) => Promise<number>} turbo - runs tasks where they are
 *   stale, tells the exit code
 * @property {() => Promise<void>} build - builds every package that is stale, or throws
 * @property {(packageName: string, script: string, args: readonly string[]) => Promise<number>} runScript
 */

/** @typedef {{ env?: Record<string, string>, args?: readonly string[] }} TurboOptions */

/** @returns {Promise<Toolbox>} */
export async function openToolbox() {
  const pnpm = await providePnpm();
  const env = { ...withFirstOnPath(process.env, pnpm.binFolder), TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  await installWhenStale(pnpm, env);

  const turbo = (/** @type {readonly string[]} */ tasks, /** @type {TurboOptions} */ options = {}) => {
    const entry = join(ROOT, 'node_modules', 'turbo', 'bin', 'turbo');
    // More than there are cores: tests wait for processes and sockets a third of their time.
    const concurrency = `--concurrency=${availableParallelism() + 2}`;
    const args = ['run', ...tasks, concurrency, ...(options.args ?? [])];
    return exitCodeOf([entry, ...args], { ...env, ...options.env }, 'stderr');
  };
  return {
    turbo,
    build: async () => {
      const exitCode = await turbo(['build'], { args: ['--output-logs=errors-only'] });
      if (exitCode !== 0) throw new TaskError('The build failed; the first error above is the one to mend.', { exitCode });
    },
    runScript: (packageName, script, args) =>
      exitCodeOf([pnpm.entry, '--silent', '--filter', packageName, 'run', script, ...args], env, 'inherit'),
  };
}

/** @param {readonly string[]} args @param {NodeJS.ProcessEnv} env @param {'inherit' | 'stderr'} output */
async function exitCodeOf(args, env, output) {
  return (await runNode(args, { env, output })).exitCode;
}

/**
 * turbo starts package scripts through the `pnpm` that comes first on the PATH. Windows spells the name `Path`, and a
 * copied environment no longer ignores case.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function withFirstOnPath(env, folder) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [name]: `${folder}${delimiter}${env[name] ?? ''}` };
}
