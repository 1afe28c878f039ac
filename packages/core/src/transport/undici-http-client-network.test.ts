import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCertificates, type TestCertificates } from '../../test/certificates.js';
import { type ConnectRequest, startConnectProxy } from '../../test/connect-proxy.js';
import { startServer } from '../../test/http-server.js';
import { type RawAnswer, startRawServer } from '../../test/raw-server.js';
import { failureOf, never, requestTo } from '../../test/requests.js';
import type { HttpClient } from './http.js';
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

describe('HttpClient without a connection', () => {
  it('knows that nothing was sent when the port is closed', async () => {
    const server = await startRawServer(() => undefined);
    await server.close();
    await expect(connect().send(requestTo(server.url), never())).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'cannot-connect',
      outcome: 'not-sent',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('knows that nothing was sent when the name is unknown', async () => {
    await expect(connect().send(requestTo('https://platform.invalid/'), never())).rejects.toMatchObject({
      code: 'cannot-connect',
      outcome: 'not-sent',
    });
  });

  it('knows that nothing was sent when the handshake stalls until the attempt is ended', async () => {
    const stop = new AbortController();
    // Takes the connection, and never says a word of TLS.
    const server = await startServer(createServer(() => stop.abort(new Error('no progress'))), 'https');
    cleanups.push(() => server.close());
    await expect(connect().send(requestTo(server.url), stop.signal)).rejects.toMatchObject({
      code: 'cannot-connect',
      outcome: 'not-sent',
    });
  });

  it('knows that nothing was sent when the handshake is hung up', async () => {
    const server = await startServer(createServer((socket) => socket.destroy()), 'https');
    cleanups.push(() => server.close());
    await expect(connect().send(requestTo(server.url), never())).rejects.toMatchObject({ outcome: 'not-sent' });
  });
});

describe('HttpClient and certificates', () => {
  const ok: RawAnswer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

  it('refuses a certificate of an unknown authority for good', async () => {
    const url = await serve(ok, certificates);
    await expect(connect().send(requestTo(url), never())).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'certificate-refused',
      outcome: 'final',
      advice: expect.stringContaining('CA file'),
    });
  });

  it('refuses a certificate of another host', async () => {
    const other = await createTestCertificates('platform.test');
    const otherCa = join(folder, 'other.pem');
    await writeFile(otherCa, other.ca);
    const url = await serve(ok, other);
    await expect(connect({ caFile: otherCa }).send(requestTo(url), never())).rejects.toMatchObject({
      code: 'certificate-refused',
      outcome: 'final',
    });
  });

  it('still trusts the authorities of NODE_EXTRA_CA_CERTS beside the file', async () => {
    const other = await createTestCertificates('platform.test');
    const otherCa = join(folder, 'beside.pem');
    await writeFile(otherCa, other.ca);
    const url = await serve(ok, certificates);
    const response = await connect({ caFile: otherCa, env: { NODE_EXTRA_CA_CERTS: caFile } }).send(requestTo(url), never());
    expect(response.status).toBe(200);
  });

  it('is not disturbed by a NODE_EXTRA_CA_CERTS that does not exist', async () => {
    const url = await serve(ok, certificates);
    const env = { NODE_EXTRA_CA_CERTS: join(folder, 'absent.pem') };
    expect((await connect({ caFile, env }).send(requestTo(url), never())).status).toBe(200);
  });

  it.each([
    ['is absent', null, /cannot be read/],
    ['holds no certificate', 'hello', /holds no certificate/],
    ['holds a broken one', '-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n', /certificates cannot be read/],
  ])('refuses a CA file that %s', async (name, text, message) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.pem`);
    if (text !== null) await writeFile(file, text);
    const failure = await failureOf(connect({ caFile: file }).send(requestTo('https://127.0.0.1:9/'), never()));
    expect(failure).toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) });
  });
});

describe('HttpClient and proxies', () => {
  const PASSWORD = 'pa:ss%wörd';
  const ok: RawAnswer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

  async function sendThrough(
    refuse: (request: ConnectRequest) => string | null,
    login = '',
  ): Promise<{ readonly outcome: unknown; readonly heard: readonly ConnectRequest[] }> {
    const url = await serve(ok, certificates);
    const proxy = await startConnectProxy(refuse);
    cleanups.push(() => proxy.close());
    const client = connect({ caFile, proxy: `http://${login}127.0.0.1:${proxy.port}` });
    const outcome = await client.send(requestTo(url), never()).catch((error: unknown) => error);
    return { outcome, heard: proxy.heard };
  }

  it('logs in with the decoded user and password', async () => {
    const { outcome, heard } = await sendThrough(() => null, `user:${encodeURIComponent(PASSWORD)}@`);
    expect(outcome).toMatchObject({ status: 200 });
    const expected = `Basic ${Buffer.from(`user:${PASSWORD}`).toString('base64')}`;
    expect(heard).toEqual([{ target: expect.stringMatching(/^127\.0\.0\.1:\d+$/), authorization: expected }]);
  });

  const answer407 = (schemes: string): string =>
    `HTTP/1.1 407 Proxy Authentication Required\r\n${schemes}Content-Length: 0\r\n\r\n`;
  it.each([
    ['NTLM and Kerberos', answer407('Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n'), '', 'proxy-authentication-unsupported', 'final', /Negotiate or NTLM/],
    ['a login that was not given', answer407('Proxy-Authenticate: Basic realm="a, b"\r\n'), '', 'proxy-authentication', 'final', /wants a user and password/],
    ['a better login', answer407('Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm="x"\r\n'), `user:${encodeURIComponent(PASSWORD)}@`, 'proxy-authentication', 'final', /refused the user and password/],
    ['a login without saying how', answer407(''), '', 'proxy-authentication', 'final', /wants a user/],
    ['to hide the platform', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n', '', 'proxy-refused', 'final', /403/],
    ['some patience', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', '', 'proxy-refused', 'not-sent', /502/],
    ['to hang up', '', '', 'proxy-unreachable', 'not-sent', /gave no tunnel/],
  ])('tells of a proxy that wants %s', async (_name, answer, login, code, outcome, message) => {
    const seen = await sendThrough(() => answer, login);
    expect(seen.outcome).toMatchObject({ name: 'NetworkError', code, outcome, message: expect.stringMatching(message) });
    expect(seen.heard).toHaveLength(1);
    const printed = inspect(seen.outcome, { depth: 20, showHidden: true });
    expect(printed).not.toContain(PASSWORD);
    expect(printed).not.toContain(encodeURIComponent(PASSWORD));
    expect(printed).not.toContain(Buffer.from(`user:${PASSWORD}`).toString('base64'));
  });

  it('knows that nothing was sent when the proxy is away', async () => {
    const proxy = await startConnectProxy();
    await proxy.close();
    const client = connect({ proxy: proxy.url });
    await expect(client.send(requestTo('https://127.0.0.1:9/'), never())).rejects.toMatchObject({
      code: 'proxy-unreachable',
      outcome: 'not-sent',
    });
  });
});
