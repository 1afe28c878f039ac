import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a shell made of a file that it sourced. */
export interface Sourced {
  /** Values of the variables that were asked for. */
  readonly values: ReadonlyMap<string, string>;
  /** Files that are there and were not before, and what the shell complained about: something ran. */
  readonly traces: readonly string[];
}

/** Windows has no shell that sources a file. */
export const HAS_SHELL = process.platform !== 'win32';

const MARK = '\u0001';

/** Has `sh` source a file in an empty folder. */
export async function sourcedByShell(text: string, names: readonly string[]): Promise<Sourced> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-sourced-'));
  try {
    await writeFile(join(folder, 'result.env'), text);
    const shown = names.map((name) => `printf '%s${MARK}' "$${name}"`).join('\n');
    // A home of its own shows what `~` would become.
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `. ./result.env\nwait\n${shown}`], { cwd: folder, env: { PATH: process.env['PATH'], HOME: '/home-of-the-test' } });
    const found = stdout.split(MARK);
    const files = (await readdir(folder)).filter((name) => name !== 'result.env');
    return { values: new Map(names.map((name, index) => [name, found[index] ?? ''])), traces: [...files, ...(stderr === '' ? [] : [stderr])] };
  } finally {
    await rm(folder, { recursive: true });
  }
}
