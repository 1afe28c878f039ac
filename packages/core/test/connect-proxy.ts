import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startServer, type TestServer } from './http-server.js';

/** What a proxy heard. */
export interface ConnectRequest {
  readonly target: string;
  readonly authorization: string | undefined;
}

/** A proxy that opens tunnels. */
export interface TestProxy extends TestServer {
  readonly heard: readonly ConnectRequest[];
}

/** @param refuse - the raw answer instead of a tunnel; null opens the tunnel; an empty text hangs up */
export async function startConnectProxy(refuse: (request: ConnectRequest) => string | null = () => null): Promise<TestProxy> {
  const heard: ConnectRequest[] = [];
  const server = createServer();
  server.on('connect', (request, client: Socket) => {
    const connectRequest = { target: request.url ?? '', authorization: request.headers['proxy-authorization'] };
    heard.push(connectRequest);
    const refusal = refuse(connectRequest);
    client.on('error', () => undefined);
    if (refusal !== null) {
      client.end(refusal);
      return;
    }
    const [host = '', port] = connectRequest.target.split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return { ...(await startServer(server)), heard };
}
