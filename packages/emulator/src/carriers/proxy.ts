import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HandleRequest } from '../exchange.js';
import type { Connections } from './connections.js';
import { deliver } from './deliver.js';
import { emulatedRequest } from './http-exchange.js';

/** Hosts of all regions; clients have them built in. */
export const platformHosts: readonly string[] = ['com', 'eu', 'us'].flatMap((region) => [
  `analysiscenter.veracode.${region}`,
  `api.veracode.${region}`,
  `status.veracode.${region}`,
]);

/**
 * An HTTP proxy that answers CONNECT for the platform's hosts itself and refuses everything else.
 *
 * @param options.tunnel - takes over a connection to a host
 * @param options.handle - gets what is refused, so that it stands in the journal
 */
export function createProxy(options: {
  readonly tunnel: (socket: Socket, host: string) => void;
  readonly handle: HandleRequest;
  readonly connections: Connections;
}): Server {
  const { tunnel, handle, connections } = options;
  const server = createServer((request, response) => {
    void handle({ ...emulatedRequest(request, null), target: absoluteTarget(request) })
      .then((answer) => deliver(answer, { request, response, socket: request.socket }))
      .catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => connections.add(socket, { socket, tunnelHost: null }));
  server.on('connect', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const socket = stream instanceof Socket ? stream : null;
    const host = platformHost(request.url ?? '');
    if (socket === null || host === undefined) {
      void refuse(handle, request, stream);
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.byteLength > 0) {
      socket.unshift(head);
    }
    tunnel(socket, host);
  });
  return server;
}

function platformHost(target: string): string | undefined {
  const [host = '', port] = target.toLowerCase().split(':');
  return port === '443' && platformHosts.includes(host) ? host : undefined;
}

/** Requests that are to be forwarded name a whole URL; others are made to look so, for the router refuses by that. */
function absoluteTarget(request: IncomingMessage): string {
  const target = request.url ?? '';
  return target.startsWith('/') ? `http://${request.headers.host ?? ''}${target}` : target;
}

async function refuse(handle: HandleRequest, request: IncomingMessage, stream: Duplex): Promise<void> {
  stream.on('error', () => stream.destroy());
  const host = (request.url ?? '').split(':')[0]?.toLowerCase() ?? null;
  const { status } = await handle(emulatedRequest(request, host));
  stream.end(`HTTP/1.1 ${status} Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}
