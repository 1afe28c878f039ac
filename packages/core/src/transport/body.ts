import { ProtocolError } from '../kernel/errors.js';
import type { HttpResponse, RequestBody } from './http.js';

/** Nothing that is read as a whole comes near this. */
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** Form parameters, UTF-8, in the given order. Undefined values are left out. */
export function formBody(parameters: Readonly<Record<string, string | undefined>>): RequestBody {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.append(name, value);
  return bytesBody(Buffer.from(search.toString(), 'utf8'), 'application/x-www-form-urlencoded; charset=UTF-8');
}

/** A JSON document. */
export function jsonBody(value: unknown): RequestBody {
  return bytesBody(Buffer.from(JSON.stringify(value), 'utf8'), 'application/json');
}

/** Bytes that are already in memory. */
export function bytesBody(bytes: Uint8Array, contentType: string): RequestBody {
  return {
    contentType,
    sizeBytes: bytes.byteLength,
    async *open() {
      if (bytes.byteLength > 0) yield bytes;
    },
  };
}

/** A body of no bytes, for calls that want a POST and carry everything in the URL. */
export const emptyBody: RequestBody = bytesBody(new Uint8Array(), 'application/x-www-form-urlencoded; charset=UTF-8');

/**
 * Reads a whole response body. The limit counts decompressed bytes, so that a small answer cannot become a large one.
 *
 * @throws ProtocolError `answer-too-large`
 */
export async function readBytes(response: HttpResponse, maxBytes = DEFAULT_MAX_BYTES): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw answerTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Reads a whole response body as UTF-8. A byte-order mark is dropped.
 *
 * @throws ProtocolError `answer-too-large`, `not-utf8`
 */
export async function readText(response: HttpResponse, maxBytes = DEFAULT_MAX_BYTES): Promise<string> {
  const bytes = await readBytes(response, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProtocolError('The answer is not valid UTF-8.', { code: 'not-utf8', cause });
  }
}

/** The error for an answer beyond a limit. */
export function answerTooLarge(maxBytes: number): ProtocolError {
  return new ProtocolError(`The answer is larger than ${maxBytes} bytes and was not read further.`, {
    code: 'answer-too-large',
  });
}
