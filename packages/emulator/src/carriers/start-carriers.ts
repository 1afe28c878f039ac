import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { HandleRequest } from '../exchange.js';
import type { Identity } from './certificates.js';
import { createConnections } from './connections.js';
import { createHttpExchange } from './http-exchange.js';
import { listenOnLoopback, loopbackAddress, stopListening } from './loopback.js';
import { createProxy } from './proxy.js';
import { serveTls } from './tls-stream.js';

/** Ports to listen on; 0 takes a free one. */
export interface CarrierPorts {
  readonly port: number;
  /** What needs a certificate; null: neither of the two. */
  readonly secure: { readonly identity: Identity; readonly tlsPort: number | null; readonly proxyPort: number | null } | null;
}

/** Where the emulator can be reached. */
export interface Carriers {
  readonly url: string;
  readonly tlsUrl: string | null;
  readonly proxyUrl: string | null;
  /** Ends every connection and listens no longer. */
  close(): Promise<void>;
}

/** Opens the sockets. @throws Error when a port is taken; nothing is left open then */
export async function startCarriers(handle: HandleRequest, { port, secure }: CarrierPorts): Promise<Carriers> {
  const connections = createConnections();
  const exchange = createHttpExchange(handle, connections);
  const servers: Server[] = [];
  const open = async (server: Server, wanted: number): Promise<string> => {
    servers.push(server);
    return `://${loopbackAddress}:${await listenOnLoopback(server, wanted)}`;
  };
  const close = async (): Promise<void> => {
    const stopped = servers.map(stopListening);
    connections.destroyAll();
    await Promise.all(stopped);
  };
  const plain = createServer((socket) => {
    connections.add(socket, { socket, tunnelHost: null });
    exchange.emit('connection', socket);
  });
  try {
    const url = `http${await open(plain, port)}`;
    if (secure === null) {
      return { url, tlsUrl: null, proxyUrl: null, close };
    }
    const { identity, tlsPort, proxyPort } = secure;
    const context = createSecureContext({ key: identity.privateKey, cert: identity.certificate });
    const serve = (socket: Socket, tunnelHost: string | null): void => {
      const stream = serveTls(socket, context);
      connections.add(stream, { socket, tunnelHost });
      exchange.emit('connection', stream);
    };
    const tls = createServer((socket) => serve(socket, null));
    const proxy = createProxy({ handle, connections, tunnel: serve });
    return {
      url,
      tlsUrl: tlsPort === null ? null : `https${await open(tls, tlsPort)}`,
      proxyUrl: proxyPort === null ? null : `http${await open(proxy, proxyPort)}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
