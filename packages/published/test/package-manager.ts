import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs the package manager that started the tests.
 *
 * @throws Error with what it said, when it fails or when there is none
 */
export async function runPackageManager(args: readonly string[], cwd: string): Promise<void> {
  const entry = process.env['npm_execpath'];
  if (entry === undefined) throw new Error('No package manager to pack and install with. Start the tests as `pnpm test` or `npm test`.');
  await runNode([entry, ...args], cwd);
}

/** Runs a JavaScript program with this Node. @returns its stdout @throws Error with all that it said, when it fails */
export async function runNode(args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
