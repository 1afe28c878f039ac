/** A body that ended before it should have: the caller went away, or announced more than it sent. */
export class BodyBrokeOff extends Error {
  override readonly name = 'BodyBrokeOff';
}

/** A body that counts what is read from it; whatever breaks it off becomes a `BodyBrokeOff`. */
export interface CountedBody extends AsyncIterable<Uint8Array> {
  bytesRead(): number;
}

export function countBody(body: AsyncIterable<Uint8Array>): CountedBody {
  let sizeBytes = 0;
  return {
    bytesRead: () => sizeBytes,
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of body) {
          sizeBytes += chunk.byteLength;
          yield chunk;
        }
      } catch (error) {
        throw new BodyBrokeOff(`The body broke off after ${sizeBytes} bytes.`, { cause: error });
      }
    },
  };
}

/** A body that has nothing in it. */
export async function* emptyBody(): AsyncGenerator<Uint8Array> {
  // Nothing to send.
}

/** Reads a body that must fit in memory; undefined when it is larger. */
export async function readSmallBody(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
