import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Artifact, ArtifactFingerprint } from '../domain/scan-request.js';
import { LocalError } from '../kernel/errors.js';
import type { RequestBody } from './http.js';
import { localErrorOf } from './local-error.js';

/** What the platform wants for uploads. @see docs.veracode.com "uploadlargefile.do" */
const CONTENT_TYPE = 'binary/octet-stream';
/**
 * Measured: smaller parts are slower, and leave V8 so much garbage that a long upload takes a tenth more memory than a
 * short one. A connection that takes less than a part in the time of an attempt (25 kB/s) is given up.
 */
const PART_BYTES = 3 * 1024 * 1024;

/** Lower-case hex digests of a file. @public */
export interface FileChecksums {
  readonly md5: string;
  readonly sha256: string;
}

/** A file as a request body. */
export interface FileBody extends RequestBody {
  /** Whether the current attempt has handed over the whole file. */
  isHandedOver(): boolean;
}

/** How to send a file. */
export interface FileBodyOptions {
  readonly contentType?: string;
  /** Hears how many bytes of the current attempt have been handed over; starts again with each attempt. */
  readonly onBytes?: (sentBytes: number) => void;
}

/** What is compared to tell whether a file is still the same; from `fs.stat(path, { bigint: true })`. */
export interface FileIdentity {
  readonly mtimeMs: bigint;
  readonly ino: bigint;
}

/** The fingerprint that {@link fileBody} compares. */
export function fingerprintOf(stats: FileIdentity): ArtifactFingerprint {
  return { modifiedMs: Number(stats.mtimeMs), inode: stats.ino.toString() };
}

/**
 * Streams an artifact from disk in constant memory, with its exact size announced.
 *
 * The file must be the inspected one from the first byte to the last. The last part is held back until that is
 * checked, so that a file which changed under way can never arrive as a complete upload: the announced length is not
 * reached and the connection is destroyed.
 *
 * @throws LocalError (while it is read) `artifact-changed`, `artifact-unreadable`
 */
export function fileBody(artifact: Artifact, options: FileBodyOptions = {}): FileBody {
  let handedOver = false;
  return {
    contentType: options.contentType ?? CONTENT_TYPE,
    sizeBytes: artifact.sizeBytes,
    isHandedOver: () => handedOver,
    async *open() {
      handedOver = false;
      let sentBytes = 0;
      for await (const part of readUnchanged(artifact)) {
        sentBytes += part.byteLength;
        // Before the last part leaves: the answer may come before anybody asks for another one.
        handedOver = sentBytes === artifact.sizeBytes;
        yield part;
        options.onBytes?.(sentBytes);
      }
    },
  };
}

/**
 * Reads an artifact from disk and computes its checksums: two seconds of processor time for each GiB.
 *
 * @throws LocalError `artifact-changed`, `artifact-unreadable`; the signal's reason
 */
export async function hashArtifact(artifact: Artifact, signal?: AbortSignal): Promise<FileChecksums> {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  for await (const part of readUnchanged(artifact)) {
    signal?.throwIfAborted();
    md5.update(part);
    sha256.update(part);
  }
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

/** A run of bytes of a file: from the first, up to but not including the end. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a file, or of a range of it. It is the inspected file before the first part and before the last part is
 * handed over. A part is valid only until the next one is asked for.
 *
 * @throws LocalError `artifact-changed`, `artifact-unreadable`
 */
export async function* readUnchanged(
  artifact: Artifact,
  { start, end }: ByteRange = { start: 0, end: artifact.sizeBytes },
): AsyncGenerator<Uint8Array> {
  const handle = await openArtifact(artifact);
  try {
    await expectUnchanged(handle, artifact);
    const readPart = createPartReader(artifact, handle, { start, end });
    let next = readPart(start);
    for (let position = start; position < end; position += PART_BYTES) {
      const part = await next;
      const isLast = position + PART_BYTES >= end;
      if (isLast) await expectUnchanged(handle, artifact);
      else next = readPart(position + PART_BYTES);
      yield part;
    }
  } finally {
    await handle.close();
  }
}

/**
 * Reads into three buffers in turn, so that memory stays constant however fast the disk is: one is being filled, one
 * is with the socket, which has taken a part when it asks for the next one, and the third is a margin on top of that.
 */
function createPartReader(artifact: Artifact, handle: FileHandle, { start, end }: ByteRange): (position: number) => Promise<Uint8Array> {
  const spaceBytes = Math.min(PART_BYTES, end - start);
  let spaces = [0, 1, 2].map(() => Buffer.allocUnsafeSlow(spaceBytes));
  return (position) => {
    const [space = Buffer.alloc(0), ...others] = spaces;
    spaces = [...others, space];
    const part = space.subarray(0, end - position);
    // The disk works while the socket empties, but not while the part before is still being encrypted: measured on two
    // processors, a reading thread beside that costs an eighth of the speed.
    const reading = setImmediate().then(() => fill(part, handle, artifact, position));
    // Nobody waits for it where the upload ends early.
    reading.catch(() => undefined);
    return reading;
  };
}

async function openArtifact(artifact: Artifact): Promise<FileHandle> {
  try {
    return await open(artifact.path, 'r');
  } catch (error) {
    throw localErrorOf(error, { path: artifact.path, doing: 'read', code: 'artifact-unreadable' });
  }
}

async function fill(part: Buffer, handle: FileHandle, artifact: Artifact, position: number): Promise<Uint8Array> {
  for (let filled = 0; filled < part.byteLength; ) {
    const read = handle.read(part, filled, part.byteLength - filled, position + filled);
    const { bytesRead } = await read.catch((error: unknown) => {
      throw localErrorOf(error, { path: artifact.path, doing: 'read', code: 'artifact-unreadable' });
    });
    if (bytesRead === 0) throw changed(artifact, 'it became shorter');
    filled += bytesRead;
  }
  return part;
}

async function expectUnchanged(handle: FileHandle, artifact: Artifact): Promise<void> {
  const stats = await handle.stat({ bigint: true });
  const { modifiedMs, inode } = fingerprintOf(stats);
  if (stats.size !== BigInt(artifact.sizeBytes)) throw changed(artifact, `it has ${stats.size.toString()} bytes now`);
  if (inode !== artifact.fingerprint.inode) throw changed(artifact, 'it was replaced');
  if (modifiedMs !== Math.floor(artifact.fingerprint.modifiedMs)) throw changed(artifact, 'it was written to');
}

function changed(artifact: Artifact, what: string): LocalError {
  return new LocalError(`${artifact.path} changed after it was inspected (${artifact.sizeBytes} bytes): ${what}.`, {
    code: 'artifact-changed',
    advice: 'Upload only when the build that writes the file has finished, then run again.',
  });
}
