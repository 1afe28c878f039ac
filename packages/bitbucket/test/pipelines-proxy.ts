import { createServer, request as requestTo } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy adds to the calls of a step. */
export const STEP_AUTHORIZATION = 'Bearer of-the-step';

/** The proxy of Pipelines. */
export interface PipelinesProxy {
  readonly url: string;
  /** What clients asked it for, as it stood in the request line. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Takes calls in absolute form for `http://api.bitbucket.org`, adds the credentials of the step and hands them on. It
 * refuses tunnels (CONNECT), other hosts, and calls in origin form.
 *
 * @param api - stands for api.bitbucket.org
 */
export async function startPipelinesProxy(api: string): Promise<PipelinesProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url}`);
    if (!url.startsWith('http://api.bitbucket.org/2.0/') || headers.host !== 'api.bitbucket.org') {
      response.writeHead(400).end('not for this proxy');
      return;
    }
    const onward = requestTo(new URL(url.slice('http://api.bitbucket.org'.length), api), { method, headers: { ...headers, authorization: STEP_AUTHORIZATION } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
