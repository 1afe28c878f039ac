import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { answerTooLarge } from './body.js';
import type { HttpResponse } from './http.js';
import { localErrorOf } from './local-error.js';

/** Sees what is written, for instance a parser; what it throws keeps the file from appearing. */
export interface ByteObserver {
  write(chunk: Uint8Array): void;
  /** After the last byte. */
  end(): void;
}

/** How to write a body. */
export interface BodyToFileOptions {
  readonly observer?: ByteObserver;
  /** @defaultValue 4 GiB */
  readonly maxBytes?: number;
}

/** A written file. @public */
export interface WrittenFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024 * 1024;

/**
 * Writes a response body to a file, in constant memory. The file appears whole or not at all: the bytes go to a
 * neighbour that is flushed to disk and renamed; an existing file is replaced.
 *
 * @throws LocalError `disk-full`, `not-writable`; ProtocolError `answer-too-large`; what the observer throws
 */
export async function writeBodyToFile(
  response: HttpResponse,
  path: string,
  { observer, maxBytes = DEFAULT_MAX_BYTES }: BodyToFileOptions = {},
): Promise<WrittenFile> {
  const partPath = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  const handle = await onDisk(path, () => open(partPath, 'wx'));
  try {
    let sizeBytes = 0;
    const sha256 = createHash('sha256');
    try {
      for await (const chunk of response.body) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > maxBytes) throw answerTooLarge(maxBytes);
        observer?.write(chunk);
        sha256.update(chunk);
        await onDisk(path, () => writeAll(handle, chunk));
      }
      observer?.end();
      await onDisk(path, () => handle.sync());
    } finally {
      await onDisk(path, () => handle.close());
    }
    await onDisk(path, () => rename(partPath, path));
    return { path, sizeBytes, sha256: sha256.digest('hex') };
  } catch (error) {
    // Best effort: the failure itself is the news, not a leftover.
    await rm(partPath, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.byteLength - written);
    written += bytesWritten;
  }
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw localErrorOf(error, { path, doing: 'written', code: 'not-writable' });
  }
}
