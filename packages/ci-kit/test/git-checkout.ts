import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whoever runs the tests may have settings of Git that matter here. */
const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];

/** Runs Git in a folder. */
export async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await run('git', ['-C', folder, ...IDENTITY, ...args]);
}

/** Makes a folder a real checkout with these files, committed. */
export async function makeCheckout(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `content of ${file}\n`);
  }
  await git(folder, 'init', '--quiet');
  await git(folder, 'add', '--', ...files);
  await git(folder, 'commit', '--quiet', '--message', 'first');
}
