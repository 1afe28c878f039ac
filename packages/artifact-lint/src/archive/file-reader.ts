import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';

import { RandomAccessReader } from 'yauzl';

import { reasonOf } from '../reason-of.js';

/** The directory of a large archive is read in pieces of this size, not entry by entry. */
const BLOCK_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Lets a zip reader jump in a file that somebody else opens and closes. */
export class FileReader extends RandomAccessReader {
  private block = { start: 0, bytes: Buffer.alloc(0) };
  private readonly file: FileHandle;
  private readonly sizeBytes: number;

  constructor(file: FileHandle, sizeBytes: number) {
    super();
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.chunks(start, end), { objectMode: false });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.fill(buffer.subarray(offset, offset + length), position).then(
      () => callback(null),
      (error: unknown) => callback(new Error(reasonOf(error), { cause: error })),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  private async *chunks(start: number, end: number): AsyncGenerator<Buffer, void> {
    for (let at = start; at < end; ) {
      const { buffer, bytesRead } = await this.file.read(Buffer.alloc(Math.min(CHUNK_BYTES, end - at)), 0, undefined, at);
      if (bytesRead === 0) throw new Error('the file ends too early');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  private async fill(target: Buffer, position: number): Promise<void> {
    if (position + target.length > this.sizeBytes) throw new Error('the file ends too early');
    if (target.length > BLOCK_BYTES) {
      await this.readFully(target, position);
      return;
    }
    if (position < this.block.start || position + target.length > this.block.start + this.block.bytes.length) {
      const bytes = Buffer.alloc(Math.min(BLOCK_BYTES, this.sizeBytes - position));
      await this.readFully(bytes, position);
      this.block = { start: position, bytes };
    }
    this.block.bytes.copy(target, 0, position - this.block.start, position - this.block.start + target.length);
  }

  private async readFully(target: Buffer, position: number): Promise<void> {
    for (let done = 0; done < target.length; ) {
      const { bytesRead } = await this.file.read(target, done, target.length - done, position + done);
      if (bytesRead === 0) throw new Error('the file ends too early');
      done += bytesRead;
    }
  }
}
