import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';

/** A real server on a free port of this machine. */
export interface TestServer {
  readonly port: number;
  /** `http(s)://127.0.0.1:port`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Answers with a listener; with a certificate over TLS. */
export async function startHttpServer(
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<TestServer> {
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  return startServer(server, tls === undefined ? 'http' : 'https');
}

/** Listens on port 0; closing ends every connection. */
export async function startServer(server: TcpServer, scheme = 'http'): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
