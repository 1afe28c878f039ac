import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Whether a file is one of others, also where links or another case of letters lead to it under another name. */
export async function isOneOf(path: string, others: readonly string[]): Promise<boolean> {
  return (await thoseAmong([path], others)).length > 0;
}

/** Those of some files that are among others as well, as they were given. */
export async function thoseAmong(paths: readonly string[], others: readonly string[]): Promise<readonly string[]> {
  const known = new Set((await Promise.all(others.map(marksOf))).flat());
  const among = await Promise.all(paths.map(async (path) => (await marksOf(path)).some((mark) => known.has(mark))));
  return paths.filter((_path, index) => among[index]);
}

/** Files with a mark in common are the same one. */
async function marksOf(path: string): Promise<readonly string[]> {
  const real = await realPathOf(resolve(path));
  try {
    const { dev, ino } = await stat(real, { bigint: true });
    // Systems that know no case may still hand back the letters that they were asked with.
    return [real, `${real.normalize('NFC').toLowerCase()}\n${String(dev)}:${String(ino)}`];
  } catch {
    return [real];
  }
}

/** Of what is not there, the path that it would have. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPathOf(above), basename(path));
  }
}
