import { createUndiciHttpClient, type HttpClient } from '@verapipe/core';

import { parseSignature, type SentSignature } from './traces.js';

type HttpRequest = Parameters<HttpClient['send']>[0];
type HttpResponse = Awaited<ReturnType<HttpClient['send']>>;

/** The network, watched: it remembers every signature that passes. */
export interface WatchingClient extends HttpClient {
  sent(): readonly SentSignature[];
}

/** How a gateway in between shows what it was sent, as debugging gateways and some error pages do. */
export type Reflection = 'error page' | 'error page without names' | 'refusal' | 'headers' | 'not XML';

/** @param reflect - answers instead of the platform, where it gives something */
export function createWatchingClient(reflect: (operation: string) => Reflection | null = () => null): WatchingClient {
  const network = createUndiciHttpClient();
  const sent: SentSignature[] = [];
  return {
    send(request, signal) {
      const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
      if (header !== undefined) sent.push(parseSignature(header));
      const reflection = reflect(request.operation.name);
      return reflection === null ? network.send(request, signal) : Promise.resolve(reflected(reflection, request));
    },
    close: () => network.close(),
    sent: () => sent,
  };
}

function reflected(reflection: Reflection, { headers, url }: HttpRequest): HttpResponse {
  const said = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('; ');
  const signature = /sig=([0-9a-f]+)/u.exec(said)?.[1] ?? '';
  switch (reflection) {
    case 'error page':
      return answer(500, `<html><head><title>Error ${said}</title></head><body>${said} ${url.href}</body></html>`, { 'content-type': 'text/html' });
    case 'error page without names':
      return answer(500, `<html><title>Not valid: ${signature}</title></html>`, { 'content-type': 'text/html' });
    case 'refusal':
      return answer(200, `<?xml version="1.0"?><error>Refused: ${said}</error>`, { 'content-type': 'text/xml' });
    case 'headers':
      return answer(403, '', { 'x-conversation-id': signature, server: signature, date: said, 'retry-after': said, 'content-type': said });
    case 'not XML':
      return answer(200, said, { 'content-type': 'text/plain' });
  }
}

function answer(status: number, text: string, headers: Readonly<Record<string, string>>): HttpResponse {
  return {
    status,
    headers,
    body: (async function* () {
      yield await Promise.resolve(Buffer.from(text));
    })(),
  };
}
