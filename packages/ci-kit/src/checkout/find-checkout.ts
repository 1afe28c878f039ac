import { join, resolve } from 'node:path';

import { isThere } from '../files/is-there.js';
import { findUpwards } from './find-upwards.js';

/**
 * The root of the checkout that a folder lies in: the nearest one with a `.git`, which is a file in worktrees and
 * submodules. A home folder counts only when the command runs in it: some people keep their settings under Git there.
 *
 * @returns null where there is none
 */
export function findCheckout(folder: string, homeDir: string): Promise<string | null> {
  return findUpwards(resolve(folder), async (current) => ((await isThere(join(current, '.git'))) ? current : null), resolve(homeDir));
}
