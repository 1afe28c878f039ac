import { spawn } from 'node:child_process';

import { ROOT } from './paths.mjs';

/**
 * Runs a JavaScript file with this Node and waits for its end. No shell, so it is the same on every system.
 *
 * @param {readonly string[]} args - file and its arguments
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {'inherit' | 'stderr' | 'capture'} [options.output] - `stderr`: both streams go there, stdout stays for data
 * @returns {Promise<{ exitCode: number, stdout: string }>}
 */
export function runNode(args, { cwd = ROOT, env = process.env, output = 'inherit' } = {}) {
  const stdout = { inherit: /** @type {const} */ ('inherit'), stderr: 2, capture: /** @type {const} */ ('pipe') }[output];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['inherit', stdout, 'inherit'], windowsHide: true });
    // Ctrl-C reaches the whole group: the child decides how to end, and this process tells its exit code.
    const wait = () => undefined;
    process.on('SIGINT', wait);
    process.on('SIGTERM', wait);
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', wait);
      resolve({ exitCode: code ?? 130, stdout: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
