import { createHash } from 'node:crypto';
import type { Artifact } from '../domain/scan-request.js';
import { type ByteRange, readUnchanged } from './file-body.js';
import type { RequestBody } from './http.js';

/** A piece of a file, as the part `file` of a form. */
export interface SegmentBody extends RequestBody {
  /** SHA-256 of the piece as the newest attempt has handed it over, lower-case hex; null before its end. */
  sha256(): string | null;
}

/** How to send a piece. */
export interface SegmentBodyOptions {
  /** Text that does not occur in the piece: random. */
  readonly boundary: string;
  /** Hears how many bytes of the piece the current attempt has handed over; starts again with each attempt. */
  readonly onBytes?: (sentBytes: number) => void;
}

/**
 * Streams a piece of an artifact as `multipart/form-data` in constant memory, with the exact size announced.
 *
 * @throws LocalError (while it is read) `artifact-changed`, `artifact-unreadable`
 * @see RFC 7578
 */
export function segmentBody(artifact: Artifact, range: ByteRange, { boundary, onBytes }: SegmentBodyOptions): SegmentBody {
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="segment"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  let sha256: string | null = null;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: head.byteLength + (range.end - range.start) + tail.byteLength,
    sha256: () => sha256,
    async *open() {
      sha256 = null;
      const hash = createHash('sha256');
      let sentBytes = 0;
      yield head;
      for await (const part of readUnchanged(artifact, range)) {
        hash.update(part);
        yield part;
        sentBytes += part.byteLength;
        onBytes?.(sentBytes);
      }
      sha256 = hash.digest('hex');
      yield tail;
    },
  };
}
