import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import nodePath from 'node:path';

import type { Env } from '@verapipe/core';

/** Where a program is to be started. */
export interface StartPlace {
  readonly env: Env;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
}

/** What a system reads of a first line is no longer. */
const FIRST_BYTES = 512;
/** What Windows gives to a shell, and starts for nobody else. */
const SHELL_SCRIPT = /\.(?:cmd|bat|ps1)$/iu;

/**
 * Says why a file cannot be started without a shell, as far as that can be known without starting it.
 *
 * @returns what completes "<file> …"; null when nothing speaks against it
 */
export async function whyNotStartable(path: string, place: StartPlace): Promise<string | null> {
  const barred = await whyNoProgram(path);
  if (barred !== null) return barred;
  const line = await interpreterLine(path);
  if (place.platform === 'win32') return SHELL_SCRIPT.test(path) || line !== null ? 'is a script, which Windows starts by its shell only' : null;
  return line === null ? null : whyNoInterpreter(line, place);
}

/** The folders of the search path, in their order. */
export function searchFolders({ env, platform }: Pick<StartPlace, 'env' | 'platform'>): readonly string[] {
  const { delimiter } = platform === 'win32' ? nodePath.win32 : nodePath.posix;
  const path = Object.entries(env).find(([key]) => (platform === 'win32' ? key.toUpperCase() : key) === 'PATH')?.[1] ?? '';
  return path.split(delimiter).filter((folder) => folder !== '');
}

async function whyNoProgram(path: string): Promise<string | null> {
  try {
    await access(path, constants.F_OK);
  } catch {
    return 'is not there';
  }
  // The aliases of Windows can be started and not looked at.
  const isFile = await stat(path).then((stats) => stats.isFile(), () => true);
  if (!isFile) return 'is no file';
  try {
    await access(path, constants.X_OK);
    return null;
  } catch {
    return 'may not be run by this account';
  }
}

/** What stands behind `#!`; null of everything that is no script, and of programs that may be run and not read. */
async function interpreterLine(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const [line = ''] = buffer.toString('latin1', 0, bytesRead).split('\n');
    return line.startsWith('#!') ? line.slice(2) : null;
  } finally {
    await handle.close();
  }
}

/** A carriage return stays a part of the name, as it does for the system. */
async function whyNoInterpreter(line: string, place: StartPlace): Promise<string | null> {
  const [interpreter = '', ...words] = line.split(/[ \t]+/u).filter((word) => word !== '');
  const why = await whyNoProgram(nodePath.resolve(place.cwd, interpreter));
  if (why !== null) return `wants ${JSON.stringify(interpreter)} in its first line, which ${why}`;
  const name = /(?:^|\/)env$/u.test(interpreter) ? nameForEnv(words) : null;
  if (name === null) return null;
  const candidates = name.includes('/') ? [nodePath.resolve(place.cwd, name)] : searchFolders(place).map((folder) => nodePath.resolve(place.cwd, folder, name));
  for (const candidate of candidates) if ((await whyNoProgram(candidate)) === null) return null;
  return `wants ${JSON.stringify(name)} in its first line, which is not in the search path`;
}

/** The program that `env` would start; null where its options leave that open. */
function nameForEnv(words: readonly string[]): string | null {
  const [name] = words[0] === '-S' ? words.slice(1) : words;
  return name === undefined || name.startsWith('-') || name.includes('=') ? null : name;
}
