import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EmulatedRequest, HandleRequest } from '../exchange.js';
import type { Connections } from './connections.js';
import { deliver } from './deliver.js';

/** Connections are kept open longer than clients wait between two polls. */
const keepAliveMs = 180_000;

/**
 * Speaks HTTP over whatever connections it is given with `emit('connection', stream)`. It listens nowhere itself, so that
 * sockets, TLS and tunnels share it.
 */
export function createHttpExchange(handle: HandleRequest, connections: Connections): Server {
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 0 }, (request, response) => {
    void answer(handle, connections, request, response);
  });
  server.timeout = 0;
  return server;
}

async function answer(handle: HandleRequest, connections: Connections, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const connection = connections.of(request.socket);
  try {
    const answered = await handle(emulatedRequest(request, connection?.tunnelHost ?? null));
    await deliver(answered, { request, response, socket: connection?.socket ?? request.socket });
  } catch {
    // The client went away, or the answer broke off: nobody is left to be told.
    request.socket.destroy();
  }
}

/** What the router sees of a request. */
export function emulatedRequest(request: IncomingMessage, tunnelHost: string | null): EmulatedRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])),
  );
  return {
    method: request.method ?? '',
    host: tunnelHost ?? (headers['host'] ?? '').replace(/:\d*$/, '').toLowerCase(),
    target: request.url ?? '',
    headers,
    body: request,
  };
}
