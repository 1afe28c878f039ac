import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';

/** The server's side of TLS over a connection that is there already. */
export function serveTls(socket: Socket, secureContext: SecureContext): TLSSocket {
  return new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
}
