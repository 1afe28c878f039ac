import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** More came out of a compressed stream than anybody should read. */
export class StreamTooLongError extends Error {
  override readonly name = 'StreamTooLongError';
}

/** The content of a gzip, as it comes. @throws what is wrong with it, in zlib's words */
export function unpacked(packed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => source.destroy());
  return source.pipe(gunzip);
}

/** Hands a stream on until it has grown too long. @throws StreamTooLongError */
export async function* boundedStream(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new StreamTooLongError('too long');
    yield chunk;
  }
}
