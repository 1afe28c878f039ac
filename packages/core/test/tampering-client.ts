import type { HttpClient } from '../src/transport/http.js';

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

async function* changed(body: AsyncIterable<Uint8Array>, change: (text: string) => string): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  yield Buffer.from(change(Buffer.concat(parts).toString('latin1')), 'latin1');
}
