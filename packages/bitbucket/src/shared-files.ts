import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Keeps copies where the pipes of later steps can read them. Those of an earlier run go first, so that nobody takes them
 * for this one's.
 *
 * @see support.atlassian.com "Advanced techniques for writing pipes": a pipe writes to its own storage, others read it
 * under BITBUCKET_PIPE_SHARED_STORAGE_DIR
 */
export interface SharedFiles {
  forget(): Promise<void>;
  keep(): Promise<void>;
}

/** @param folder - BITBUCKET_PIPE_STORAGE_DIR; nothing is kept without one */
export function createSharedFiles(folder: string | undefined, files: readonly string[]): SharedFiles {
  const pairs = folder === undefined || folder === '' ? [] : files.map((file) => ({ file, copy: join(folder, basename(file)) }));
  return {
    async forget() {
      for (const { copy } of pairs) await rm(copy, { force: true });
    },
    async keep() {
      if (folder === undefined || pairs.length === 0) return;
      await mkdir(folder, { recursive: true });
      for (const { file, copy } of pairs) await copyFile(file, copy).catch(unlessAbsent);
    },
  };
}

/** A run that ended early has no such file. */
function unlessAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
