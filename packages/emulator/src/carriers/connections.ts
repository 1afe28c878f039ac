import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What is known of the connection that a request came over. */
export interface Connection {
  /** The TCP socket at the bottom, below any TLS. */
  readonly socket: Socket;
  /** Host name of the CONNECT request, when the connection is a tunnel. */
  readonly tunnelHost: string | null;
}

/** Open connections, found again by the stream that HTTP runs over. */
export interface Connections {
  add(stream: Duplex, connection: Connection): void;
  of(stream: Duplex): Connection | undefined;
  /** Ends every connection at once. */
  destroyAll(): void;
}

export function createConnections(): Connections {
  const byStream = new WeakMap<Duplex, Connection>();
  const sockets = new Set<Socket>();
  return {
    add(stream, connection) {
      const { socket } = connection;
      byStream.set(stream, connection);
      if (!sockets.has(socket)) {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        // A client that goes away is none of the emulator's troubles.
        socket.on('error', () => socket.destroy());
      }
      stream.on('error', () => socket.destroy());
    },
    of: (stream) => byStream.get(stream),
    destroyAll() {
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
