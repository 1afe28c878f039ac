import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCertificates, type TestCertificates } from '../../test/certificates.js';
import { startConnectProxy } from '../../test/connect-proxy.js';
import { type RawAnswer, startRawServer } from '../../test/raw-server.js';
import { failureOf, never, requestTo } from '../../test/requests.js';
import { LocalError, RequestTimeoutError } from '../kernel/errors.js';
import { bytesBody, readBytes, readText } from './body.js';
import type { HttpClient, HttpRequest, HttpResponse, RequestBody } from './http.js';
import { createUndiciHttpClient, type UndiciHttpClientOptions } from './undici-http-client.js';

let certificates: TestCertificates;
let folder: string;
let caFile: string;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  certificates = await createTestCertificates();
  folder = await mkdtemp(join(tmpdir(), 'verapipe-http-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.ca);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function connect(options: UndiciHttpClientOptions = {}): HttpClient {
  const client = createUndiciHttpClient(options);
  cleanups.push(() => client.close());
  return client;
}

async function serve(answer: RawAnswer, tls?: TestCertificates): Promise<string> {
  const server = await startRawServer(answer, tls);
  cleanups.push(() => server.close());
  return server.url;
}

interface Route {
  readonly name: string;
  /** Starts a server with this answer and gives a client that can reach it. */
  readonly reach: (answer: RawAnswer) => Promise<{ readonly url: string; readonly client: HttpClient }>;
}

const routes: readonly Route[] = [
  { name: 'http', reach: async (answer) => ({ url: await serve(answer), client: connect() }) },
  { name: 'https', reach: async (answer) => ({ url: await serve(answer, certificates), client: connect({ caFile }) }) },
  {
    name: 'https through a proxy',
    reach: async (answer) => {
      const proxy = await startConnectProxy();
      cleanups.push(() => proxy.close());
      return { url: await serve(answer, certificates), client: connect({ caFile, proxy: proxy.url }) };
    },
  },
];

describe.each(routes)('HttpClient over $name', ({ reach }) => {
  async function get(answer: RawAnswer, change: Partial<HttpRequest> = {}, signal = never()): Promise<HttpResponse> {
    const { url, client } = await reach(answer);
    return client.send(requestTo(`${url}/api/5.0/test.do?a=1`, change), signal);
  }

  it('gives status, lower-case headers and the body', async () => {
    const response = await get((socket) =>
      socket.write('HTTP/1.1 404 Nope\r\nContent-Length: 5\r\nX-Twice: a\r\nX-Twice: b\r\n\r\nhello'),
    );
    expect(response).toMatchObject({ status: 404, headers: { 'content-length': '5', 'x-twice': 'a, b' } });
    await expect(readText(response)).resolves.toBe('hello');
  });

  it('announces the size of a body, and neither asks to continue nor chunks', async () => {
    const heads: string[] = [];
    const body = bytesBody(Buffer.from('a=1'), 'application/x-www-form-urlencoded');
    await get(
      (socket, head) => {
        heads.push(head.toLowerCase());
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      },
      { method: 'POST', body },
    );
    expect(heads[0]).toMatch(/^post \/api\/5\.0\/test\.do\?a=1 http\/1\.1\r\n/);
    expect(heads[0]).toContain('\r\ncontent-length: 3');
    expect(heads[0]).toContain('\r\ncontent-type: application/x-www-form-urlencoded');
    expect(heads[0]).not.toMatch(/\r\n(expect|transfer-encoding):/);
  });

  it('announces an empty body as well', async () => {
    const heads: string[] = [];
    await get(
      (socket, head) => {
        heads.push(head.toLowerCase());
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      },
      { method: 'POST', body: bytesBody(new Uint8Array(), 'text/plain') },
    );
    expect(heads[0]).toContain('\r\ncontent-length: 0');
  });

  it('passes over informational answers', async () => {
    const response = await get((socket) =>
      socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    );
    await expect(readText(response)).resolves.toBe('ok');
  });

  it('does not follow redirects', async () => {
    const response = await get((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(response.status).toBe(302);
  });

  it('reads a body that only the end of the connection ends', async () => {
    const response = await get((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it'));
    await expect(readText(response)).resolves.toBe('all of it');
  });

  it('undoes gzip', async () => {
    const zipped = gzipSync('<xml/>');
    const response = await get((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.byteLength}\r\n\r\n`);
      socket.write(zipped);
    });
    await expect(readText(response)).resolves.toBe('<xml/>');
  });

  it('keeps the connection for the next request', async () => {
    const sockets = new Set<Socket>();
    const { url, client } = await reach((socket) => {
      sockets.add(socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    for (let request = 0; request < 10; request += 1) await readText(await client.send(requestTo(url), never()));
    // undici may open a second one when the next request comes in the moment the answer ends.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  const brokenBeforeAnswer: readonly [string, RawAnswer][] = [
    ['a reset', (socket): unknown => ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy())],
    ['a closed connection', (socket): unknown => socket.end()],
    ['half a head', (socket): unknown => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
    ['something that is not HTTP', (socket): unknown => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')],
  ];
  it.each(brokenBeforeAnswer)('does not know what happened after %s', async (_name, answer) => {
    await expect(get(answer)).rejects.toMatchObject({ name: 'NetworkError', code: 'connection-lost', outcome: 'unknown' });
  });

  const cut: readonly [string, RawAnswer][] = [
    ['shorter than announced', (socket): unknown => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')],
    ['without its last chunk', (socket): unknown => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')],
  ];
  it.each(cut)('notices a body %s', async (_name, answer) => {
    await expect(readText(await get(answer))).rejects.toMatchObject({ name: 'NetworkError', outcome: 'unknown' });
  });

  const damaged: readonly [string, string, Buffer][] = [
    ['cut', 'gzip', gzipSync('x'.repeat(5000)).subarray(0, 20)],
    ['no gzip at all', 'gzip', Buffer.from('<xml/>')],
    ['in a way that nobody asked for', 'br', Buffer.from('<xml/>')],
  ];
  it.each(damaged)('refuses compression that is %s', async (_name, encoding, bytes) => {
    const response = await get((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bytes.byteLength}\r\n\r\n`);
      socket.write(bytes);
    });
    await expect(readText(response)).rejects.toMatchObject({ name: 'ProtocolError', outcome: 'unknown' });
  });

  it('stops at the limit of an endless body and hangs up', async () => {
    const hungUp = new Promise<void>((resolve, reject) => {
      get((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
        };
        socket.on('drain', more).on('close', resolve);
        more();
      })
        .then((response) => expect(readBytes(response, 1_000_000)).rejects.toMatchObject({ code: 'answer-too-large' }))
        .catch(reject);
    });
    await hungUp;
  });

  it('counts the bytes of a gzip bomb after unpacking, as they come', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const response = await get((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.byteLength}\r\n\r\n`);
      socket.write(bomb);
    });
    const before = process.memoryUsage().arrayBuffers;
    await expect(readBytes(response, 1_000_000)).rejects.toMatchObject({ code: 'answer-too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('ends with the reason of the signal while it waits for an answer', async () => {
    const stop = new AbortController();
    const reason = new RequestTimeoutError('too slow', { code: 'no-progress' });
    const failure = await failureOf(get(() => stop.abort(reason), {}, stop.signal));
    expect(failure).toBe(reason);
  });

  it('ends with the reason of the signal while it reads the body', async () => {
    const stop = new AbortController();
    const reason = new RequestTimeoutError('too slow', { code: 'no-progress' });
    const response = await get(
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
      {},
      stop.signal,
    );
    const failure = await failureOf(
      (async () => {
        for await (const chunk of response.body) {
          expect(Buffer.from(chunk).toString()).toBe('half');
          stop.abort(reason);
        }
      })(),
    );
    expect(failure).toBe(reason);
  });

  it('does not begin when the signal has ended already', async () => {
    const heads: string[] = [];
    const reason = new Error('stop');
    const failure = await failureOf(get((_socket, head) => heads.push(head), {}, AbortSignal.abort(reason)));
    expect(failure).toBe(reason);
    expect(heads).toEqual([]);
  });

  it('passes on what the body throws, and the request is not completed', async () => {
    const gone = new LocalError('the file changed', { code: 'artifact-changed' });
    const body: RequestBody = {
      contentType: 'binary/octet-stream',
      sizeBytes: 6,
      async *open() {
        yield Buffer.from('abc');
        throw gone;
      },
    };
    let closed: Promise<void> | undefined;
    const failure = await failureOf(
      get(
        (socket) => {
          closed ??= new Promise((resolve) => socket.once('close', () => resolve()));
        },
        { method: 'POST', body },
      ),
    );
    expect(failure).toBe(gone);
    await closed;
  });

  it('hears an answer that comes before the whole body is sent', async () => {
    const body: RequestBody = {
      contentType: 'binary/octet-stream',
      sizeBytes: 1024 ** 3,
      async *open() {
        for (;;) yield Buffer.alloc(64 * 1024);
      },
    };
    const response = await get(
      (socket) => {
        socket.removeAllListeners('data').resume();
        socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno');
      },
      { method: 'POST', body },
    );
    expect(response.status).toBe(401);
    await expect(readText(response)).resolves.toBe('no');
  });
});
