import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs one of this package's programs once for each list of arguments.
 *
 * @param program - its built file, beside the running one: `main-simulate-child.js`
 * @param argumentLists - one for each child
 * @param atOnce - children that run side by side
 * @returns the last message of each child, in the order of the lists
 */
export async function runInChildren(program: string, argumentLists: readonly (readonly string[])[], atOnce: number): Promise<readonly unknown[]> {
  const messages: unknown[] = [];
  const left = [...argumentLists.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, args] = next;
      messages[index] = await runInChild(program, args);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return messages;
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
