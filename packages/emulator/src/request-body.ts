/** A body that ended before it should have: the caller went away, or announced more than it sent. */
export class BodyBrokeOff extends Error {
  override readonly name = 'BodyBrokeOff';
}

/** A larger document is not kept. */
const largestKeptBytes = 1024 * 1024;

/** A body that counts what is read from it; whatever breaks it off becomes a `BodyBrokeOff`. */
export interface CountedBody extends AsyncIterable<Uint8Array> {
  bytesRead(): number;
  /** The JSON document that was read; null where there is none. */
  json(): unknown;
}

export function countBody(body: AsyncIterable<Uint8Array>, contentType = ''): CountedBody {
  const isJson = /^application\/(?:[^;]+\+)?json\b/iu.test(contentType);
  const kept: Uint8Array[] = [];
  let sizeBytes = 0;
  return {
    bytesRead: () => sizeBytes,
    json: () => (sizeBytes > largestKeptBytes ? null : parseJson(Buffer.concat(kept).toString('utf8'))),
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of body) {
          sizeBytes += chunk.byteLength;
          if (isJson && sizeBytes <= largestKeptBytes) kept.push(Uint8Array.from(chunk));
          yield chunk;
        }
      } catch (error) {
        throw new BodyBrokeOff(`The body broke off after ${sizeBytes} bytes.`, { cause: error });
      }
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
