import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { unusableFile } from './unusable-file.js';

/** What runs leave in a folder, ours first: it says more. */
const NAMES = ['verapipe-results.json', 'results.json'] as const;

/**
 * The file that a path means: itself, or what a run left in it where it is a folder, as the artifact of a CI is.
 *
 * @throws ValidationError `invalid-findings-file` for a folder without results
 */
export async function findFindingsFile(path: string): Promise<string> {
  if (!(await isKind(path, 'isDirectory'))) return path;
  for (const name of NAMES) if (await isKind(join(path, name), 'isFile')) return join(path, name);
  throw unusableFile(path, `a folder without ${NAMES.join(' and ')}`);
}

/** What cannot be looked at is told by whoever reads it. */
async function isKind(path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> {
  try {
    return (await stat(path))[kind]();
  } catch {
    return false;
  }
}
