import type { HttpClient } from '../src/transport/http.js';
import { answer } from './scripted-send.js';

/** Changes the text of answers of one call on their way, as a platform that contradicts itself would send them. */
export function tampering(inner: HttpClient, operation: string, change: (text: string) => string): HttpClient {
  return {
    async send(request, signal) {
      const response = await inner.send(request, signal);
      if (request.operation.name !== operation) return response;
      const { 'content-length': _length, ...headers } = response.headers;
      return { ...response, headers, body: changed(response.body, change) };
    },
    close: () => inner.close(),
  };
}

/** Refuses the first `times` calls of one operation without passing them on, as the platform does: an error inside 200. */
export function refusing(inner: HttpClient, operation: string, platformText: string, times: number): HttpClient {
  let refused = 0;
  return {
    send(request, signal) {
      if (request.operation.name !== operation || refused === times) return inner.send(request, signal);
      refused += 1;
      return Promise.resolve(answer(200, `<?xml version="1.0" encoding="UTF-8"?>\n\n<error>${platformText}</error>\n`));
    },
    close: () => inner.close(),
  };
}

async function* changed(body: AsyncIterable<Uint8Array>, change: (text: string) => string): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  yield Buffer.from(change(Buffer.concat(parts).toString('latin1')), 'latin1');
}
