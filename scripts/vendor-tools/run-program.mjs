import { spawn } from 'node:child_process';

/**
 * Runs a program in a folder and tells how it ended, with all that it printed; null when there is no such program.
 *
 * @typedef {(program: string, args: readonly string[], cwd: string) => Promise<{ exitCode: number, output: string } | null>} RunProgram
 */

/**
 * The real one. On Windows `mvn` is a batch file, which only a shell can start: the arguments are constants of these
 * scripts without blanks or quotes, and paths go in as the working folder.
 *
 * @type {RunProgram}
 */
export function runProgram(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32';
    const child = spawn(program, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    }
    child.once('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    child.once('close', (code) => {
      // 9009: the shell of Windows knows no such program.
      resolve(shell && code === 9009 ? null : { exitCode: code ?? -1, output });
    });
  });
}

/**
 * The lines of an output that say what went wrong, for a message of one paragraph.
 *
 * @param {string} output
 * @returns {string}
 */
export function lastWords(output) {
  const lines = output.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const errors = lines.filter((line) => /error/i.test(line));
  return (errors[0] ?? lines.at(-1) ?? 'it printed nothing').slice(0, 300);
}
