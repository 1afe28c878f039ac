import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TestCertificates } from './certificates.js';
import { startServer, type TestServer } from './http-server.js';

/** Writes to the socket whatever a test wants, also what no HTTP library would write. */
export type RawAnswer = (socket: Socket, head: string) => void;

/** A server that shows the head of each request as text, and lets the test write the answer byte by byte. */
export async function startRawServer(answer: RawAnswer, tls?: TestCertificates): Promise<TestServer> {
  const onSocket = (socket: Socket): void => {
    let received = '';
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = received.slice(0, end);
      received = '';
      answer(socket, head);
    });
  };
  const server = tls === undefined ? createServer(onSocket) : createTlsServer({ key: tls.key, cert: tls.cert }, onSocket);
  return startServer(server, tls === undefined ? 'http' : 'https');
}
