import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { onDisk, systemCode } from './local-trouble.js';

/** Proves that files can be written in a folder, and leaves none. @throws LocalError `not-writable`, `disk-full` */
export async function proveWritable(folder: string): Promise<void> {
  const proof = join(folder, `.verapipe-${randomUUID()}.tmp`);
  await onDisk(folder, () => writeFile(proof, 'May be deleted.\n', { flag: 'wx' }));
  await onDisk(folder, () => rm(proof));
}

/** The folder itself, or the nearest one above it in which it would be made. */
export async function existingFolderOf(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    if (systemCode(error) !== 'ENOENT' || above === folder) return folder;
    return existingFolderOf(above);
  }
}
