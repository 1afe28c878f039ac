import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Whether a file is one of others, also where links lead to it under another name. */
export async function isOneOf(path: string, others: readonly string[]): Promise<boolean> {
  const real = await realPathOf(path);
  return (await Promise.all(others.map(realPathOf))).includes(real);
}

/** Of what is not there, the path that it would have. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return resolve(path);
  }
}
