import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import { findGitFolder } from '../checkout/git-folder.js';
import { listCheckout } from '../checkout/list-checkout.js';
import { listTrackedFiles } from '../checkout/tracked-files.js';
import { systemCode } from '../files/local-trouble.js';

/** The files under one path. */
export interface FilesToSearch {
  /** Absolute. */
  readonly files: readonly string[];
  /** What could not be listed; ends of sentences. */
  readonly leftOut: readonly string[];
}

/**
 * Lists what a repository holds under a path: in a git work tree the files that git tracks, elsewhere all files but
 * those of version control and of packages of others.
 *
 * @returns the reason, where the path cannot be looked at
 */
export async function filesToSearch(path: string, cwd: string): Promise<FilesToSearch | { readonly fault: string }> {
  const absolute = resolve(cwd, path);
  try {
    if (!(await stat(absolute)).isDirectory()) return { files: [absolute], leftOut: [] };
  } catch (error) {
    const code = systemCode(error);
    return { fault: code === 'ENOENT' ? 'which does not exist' : `which cannot be read (${code})` };
  }
  const tracked = await trackedUnder(absolute);
  if (tracked !== null) return { files: tracked, leftOut: [] };
  const { files, leftOut } = await listCheckout(absolute);
  return { files: files.map((name) => join(absolute, name)), leftOut };
}

/** Null where git does not say; a folder of which git knows nothing is searched as any other. */
async function trackedUnder(folder: string): Promise<readonly string[] | null> {
  const git = await findGitFolder(folder);
  const names = git === null ? null : await listTrackedFiles(git);
  if (git === null || names === null) return null;
  const prefix = relative(git.root, folder).replaceAll('\\', '/');
  const within = prefix === '' ? names : names.filter((name) => name.startsWith(`${prefix}/`));
  return within.length === 0 && prefix !== '' ? null : within.map((name) => join(git.root, name));
}
