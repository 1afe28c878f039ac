import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs one of this package's programs several times, side by side.
 *
 * @param program - its built file, beside the running one: `main-simulate-child.js`
 * @param argumentLists - one for each child
 * @returns the last message of each child, in the order of the lists
 */
export function runInChildren(program: string, argumentLists: readonly (readonly string[])[]): Promise<readonly unknown[]> {
  return Promise.all(argumentLists.map((args) => runInChild(program, args)));
}

function runInChild(program: string, args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(program, import.meta.url)), args);
    let last: { readonly message: unknown } | null = null;
    child.on('message', (message) => {
      last = { message };
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (last === null) reject(new Error(`${program} ${args.join(' ')} ended with ${code} and said nothing.`));
      else resolve(last.message);
    });
  });
}
