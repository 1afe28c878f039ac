import { randomUUID } from 'node:crypto';
import { copyFile, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { onDisk } from './local-trouble.js';
import { replace } from './write-file-atomically.js';

/**
 * Copies a file byte by byte, whole or not at all; an existing one is replaced.
 *
 * @throws LocalError `disk-full`, `not-writable`
 */
export async function copyFileAtomically(from: string, to: string): Promise<void> {
  const partPath = join(dirname(to), `.${basename(to)}.${randomUUID()}.part`);
  try {
    await onDisk(to, async () => {
      await copyFile(from, partPath);
      await flush(partPath);
      await replace(partPath, to);
    });
  } catch (error) {
    // Best effort: the failure itself is the news, not a leftover.
    await rm(partPath, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
