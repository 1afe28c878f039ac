import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to the platform that lets only so many bytes through. */
export interface ShortWire {
  /** In place of the platform's. */
  readonly url: string;
  /** Have all the bytes passed? */
  readonly isHeld: () => boolean;
  /** From now on everything passes. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Opens one. A body that fits into the buffers of the system would arrive whole, even when its sender is killed in the
 * middle of it; behind this wire it does not.
 *
 * @param bytes - of all requests together
 */
export async function openShortWire(platformUrl: string, bytes: number): Promise<ShortWire> {
  const { hostname, port } = new URL(platformUrl);
  let left = bytes;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const platform = connect(Number(port), hostname);
    for (const [socket, other] of [[client, platform], [platform, client]] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
    platform.on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk: Buffer) => {
      platform.write(chunk.subarray(0, left));
      left = Math.max(0, left - chunk.length);
    });
  });
  server.listen(0, hostname);
  await once(server, 'listening');
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    isHeld: () => left === 0,
    release: () => (left = Infinity),
    async close() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
