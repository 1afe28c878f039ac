import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Artifact, ArtifactFingerprint } from '../domain/scan-request.js';
import { LocalError } from '../kernel/errors.js';
import type { RequestBody } from './http.js';
import { localErrorOf } from './local-error.js';

/** What the platform wants for uploads. @see docs.veracode.com "uploadlargefile.do" */
const CONTENT_TYPE = 'binary/octet-stream';
/** Measured: larger parts are not faster, smaller ones are slower. */
const PART_BYTES = 1024 * 1024;

/** Lower-case hex digests of exactly the bytes that were handed to the socket. @public */
export interface FileChecksums {
  readonly md5: string;
  readonly sha256: string;
}

/** A file as a request body. @public */
export interface FileBody extends RequestBody {
  /** Of the last attempt that read the file to its end; null before, and always when they were not wanted. */
  checksums(): FileChecksums | null;
}

/** How to send a file. */
export interface FileBodyOptions {
  readonly contentType?: string;
  /** Hears how many bytes of the current attempt have been handed over; starts again with each attempt. */
  readonly onBytes?: (sentBytes: number) => void;
  /**
   * False leaves the checksums out. They cost more than sending over a fast network: two seconds for each GiB.
   *
   * @defaultValue true
   */
  readonly checksums?: boolean;
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
  let checksums: FileChecksums | null = null;
  return {
    contentType: options.contentType ?? CONTENT_TYPE,
    sizeBytes: artifact.sizeBytes,
    checksums: () => checksums,
    async *open() {
      const hashes = options.checksums === false ? null : createHashes();
      let sentBytes = 0;
      for await (const part of readUnchanged(artifact)) {
        hashes?.update(part);
        sentBytes += part.byteLength;
        // Before the last part leaves: the answer may come before anybody asks for another one.
        if (sentBytes === artifact.sizeBytes) checksums = hashes?.digest() ?? null;
        yield part;
        options.onBytes?.(sentBytes);
      }
    },
  };
}

/**
 * Reads an artifact from disk and computes its checksums.
 *
 * @throws LocalError `artifact-changed`, `artifact-unreadable`
 * @public
 */
export async function hashArtifact(artifact: Artifact): Promise<FileChecksums> {
  const hashes = createHashes();
  for await (const part of readUnchanged(artifact)) hashes.update(part);
  return hashes.digest();
}

interface Hashes {
  update(part: Uint8Array): void;
  digest(): FileChecksums;
}

function createHashes(): Hashes {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  return {
    update(part) {
      md5.update(part);
      sha256.update(part);
    },
    digest: () => ({ md5: md5.digest('hex'), sha256: sha256.digest('hex') }),
  };
}

/** The parts of a file that is the inspected one before the first part and before the last part is handed over. */
async function* readUnchanged(artifact: Artifact): AsyncGenerator<Uint8Array> {
  const { sizeBytes } = artifact;
  // Two buffers in turn, so that memory stays constant however fast the disk is. The socket has taken a part when it
  // asks for the next one; the second buffer is a margin on top of that.
  let [space, other] = [createBuffer(sizeBytes), createBuffer(sizeBytes)];
  const handle = await openArtifact(artifact);
  try {
    await expectUnchanged(handle, artifact);
    for (let position = 0; position < sizeBytes; position += PART_BYTES) {
      const part = space.subarray(0, sizeBytes - position);
      await fill(part, handle, artifact, position);
      if (position + PART_BYTES >= sizeBytes) await expectUnchanged(handle, artifact);
      yield part;
      [space, other] = [other, space];
    }
  } finally {
    await handle.close();
  }
}

function createBuffer(sizeBytes: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(PART_BYTES, sizeBytes));
}

async function openArtifact(artifact: Artifact): Promise<FileHandle> {
  try {
    return await open(artifact.path, 'r');
  } catch (error) {
    throw localErrorOf(error, { path: artifact.path, doing: 'read', code: 'artifact-unreadable' });
  }
}

async function fill(part: Buffer, handle: FileHandle, artifact: Artifact, position: number): Promise<void> {
  let filled = 0;
  while (filled < part.byteLength) {
    const { bytesRead } = await readInto(handle, artifact, part.subarray(filled), position + filled);
    if (bytesRead === 0) throw changed(artifact, 'it became shorter');
    filled += bytesRead;
  }
}

async function readInto(
  handle: FileHandle,
  artifact: Artifact,
  target: Buffer,
  position: number,
): Promise<{ readonly bytesRead: number }> {
  try {
    return await handle.read(target, 0, target.byteLength, position);
  } catch (error) {
    throw localErrorOf(error, { path: artifact.path, doing: 'read', code: 'artifact-unreadable' });
  }
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
