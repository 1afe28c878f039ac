import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { findUpwards } from '../checkout/find-upwards.js';
import { isThere } from '../files/is-there.js';

/** What stands at the top of a work tree; a file in linked work trees and submodules of git. */
const MARKS: readonly string[] = ['.git', '.hg', '.svn'];

/**
 * The work tree that a file lies in; null when it lies in none. A secret there is one `add` away from being published.
 *
 * @param path - absolute; need not exist
 */
export async function checkoutAround(path: string): Promise<string | null> {
  return findUpwards(await realFolder(path), async (folder) => {
    for (const mark of MARKS) if (await isThere(join(folder, mark))) return folder;
    return null;
  });
}

/** A file behind a symbolic link lies where the link leads, and is written there; one that is new lies in its folder. */
async function realFolder(path: string): Promise<string> {
  try {
    return dirname(await realpath(path));
  } catch {
    return realpath(dirname(path)).catch(() => dirname(path));
  }
}
