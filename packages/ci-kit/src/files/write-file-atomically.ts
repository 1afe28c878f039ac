import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { onDisk, systemCode } from './local-trouble.js';

/** On Windows a scanner may hold the file for a moment. */
const RENAME_TRIES = 5;
const RENAME_PAUSE_MS = 50;
const BUSY: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Small pieces are collected, so that a long file takes few calls. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Writes a text file whole or not at all: the text goes to a neighbour that is flushed to disk and renamed; an existing
 * file is replaced. Constant memory.
 *
 * @param options.mode - rights of the file. @defaultValue those that the system gives new files
 * @param options.partPath - the neighbour, where it must be found after a kill; must not exist. @defaultValue a name that nobody else has
 * @throws LocalError `disk-full`, `not-writable`; what reading the text throws
 */
export async function writeFileAtomically(path: string, text: AsyncIterable<string> | Iterable<string>, { mode, partPath = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`) }: { readonly mode?: number; readonly partPath?: string } = {}): Promise<void> {
  try {
    await writeWhole({ partPath, path, mode }, text);
    await onDisk(path, () => replace(partPath, path));
  } catch (error) {
    // Best effort: the failure itself is the news, not a leftover.
    await rm(partPath, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeWhole(
  { partPath, path, mode }: { readonly partPath: string; readonly path: string; readonly mode: number | undefined },
  text: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const handle = await onDisk(path, () => open(partPath, 'wx', mode));
  try {
    let pending = '';
    for await (const piece of text) {
      pending += piece;
      if (pending.length < PIECE_CHARACTERS) continue;
      await append(handle, path, pending);
      pending = '';
    }
    await append(handle, path, pending);
    await onDisk(path, () => handle.sync());
  } finally {
    await onDisk(path, () => handle.close());
  }
}

/** `writeFile` on a handle goes on where the last one ended. */
function append(handle: FileHandle, path: string, text: string): Promise<void> {
  return onDisk(path, () => handle.writeFile(text, 'utf8'));
}

/** Puts a finished neighbour in the place of a file. */
export async function replace(partPath: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(partPath, path);
      return;
    } catch (error) {
      if (attempt === RENAME_TRIES || !BUSY.has(systemCode(error))) throw error;
      await pause(RENAME_PAUSE_MS);
    }
  }
}
