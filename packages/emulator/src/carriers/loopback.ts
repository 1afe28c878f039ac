import type { AddressInfo, Server } from 'node:net';

/** The emulator is for this machine only: its keys are no secrets. */
export const loopbackAddress = '127.0.0.1';

/** Listens on a loopback port. @returns the port. @throws when it is taken */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: loopbackAddress, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Takes no further connections; those that are open are somebody else's to end. */
export async function stopListening(server: Server): Promise<void> {
  if (server.listening) {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
