import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseCredentials } from '../auth/credentials.js';
import { createAuthorizationHeader } from '../auth/signature.js';
import { bytesBody } from '../transport/body.js';
import { createVeracodeClient, type VeracodeClientOptions } from './create-client.js';
import { getOwnCredentials } from './rest/credentials.js';
import type { VeracodeClient } from './veracode-client.js';

const credentials = parseCredentials({ apiId: 'ab'.repeat(16), apiKey: '0f'.repeat(64) });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connect(platformUrl: string, options: Partial<VeracodeClientOptions> = {}): VeracodeClient {
  const client = createVeracodeClient({ credentials, platformUrl, ...options });
  cleanups.push(() => client.close());
  return client;
}

/** Signs what arrived once more: equal only if exactly the sent request was signed. */
function isSignedAsSent(request: IncomingMessage): boolean {
  const header = request.headers.authorization ?? '';
  const [, timestamp = '', nonce = ''] = /,ts=(\d+),nonce=([0-9a-f]+),/.exec(header) ?? [];
  const url = new URL(`http://${request.headers.host ?? ''}${request.url ?? ''}`);
  const again = createAuthorizationHeader({
    credentials,
    method: request.method ?? '',
    url,
    timestampMs: Number(timestamp),
    nonce: Buffer.from(nonce, 'hex'),
  });
  return again === header;
}

const OWN_CREDENTIALS = { api_id: 'ab'.repeat(16), expiration_ts: '2030-12-30T00:00:00.000+0000' };

describe('createVeracodeClient', () => {
  it('sends signed requests that say who asks', async () => {
    const seen: IncomingMessage[] = [];
    const url = await serve((request, response) => {
      seen.push(request);
      response.end(JSON.stringify(OWN_CREDENTIALS));
    });
    const own = await getOwnCredentials(connect(url, { userAgentSuffix: 'azure-devops/1.2.3' }));
    expect(own).toEqual({ apiId: 'ab'.repeat(16), expiresAt: '2030-12-30T00:00:00.000Z', revoked: false });
    const [request] = seen;
    expect(request?.url).toBe('/api/authn/v2/api_credentials');
    expect(request?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': expect.stringMatching(/^verapipe\/\d+\.\d+\.\d+ azure-devops\/1\.2\.3$/),
    });
    expect(request !== undefined && isSignedAsSent(request)).toBe(true);
  });

  it('signs path prefix and query exactly as they go out, and sends the body unchanged', async () => {
    const received: { signed: boolean; url: string | undefined; hash: string }[] = [];
    const url = await serve((request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('end', () => {
        received.push({ signed: isSignedAsSent(request), url: request.url, hash: hash.digest('hex') });
        response.end('ok');
      });
    });
    const client = connect(`${url}/gateway/`);
    const body = Buffer.alloc(300_000, 'verapipe ');
    await client.send({
      request: {
        operation: { name: 'uploadlargefile.do', idempotent: false, reads: false, limitClass: 'xml' },
        method: 'POST',
        url: new URL(`${client.hosts.xmlBaseUrl}/api/5.0/uploadlargefile.do?app_id=1&filename=b%20%C3%A9'[x]~.jar`),
        headers: {},
        body: bytesBody(body, 'binary/octet-stream'),
        attemptTimeoutMs: 60_000,
        call: {},
      },
      decode: async () => undefined,
    });
    expect(received).toEqual([
      {
        signed: true,
        url: "/gateway/api/5.0/uploadlargefile.do?app_id=1&filename=b%20%C3%A9%27[x]~.jar",
        hash: createHash('sha256').update(body).digest('hex'),
      },
    ]);
  });

  it('signs each attempt afresh', async () => {
    const nonces = new Set<string>();
    const url = await serve((request, response) => {
      nonces.add(/nonce=([0-9a-f]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '');
      if (nonces.size === 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else response.end(JSON.stringify(OWN_CREDENTIALS));
    });
    await getOwnCredentials(connect(url));
    expect(nonces.size).toBe(2);
  });

  it.each([
    ['the region of the key', {}, 'https://analysiscenter.veracode.com', 'https://api.veracode.com'],
    ['a chosen region', { region: 'european' }, 'https://analysiscenter.veracode.eu', 'https://api.veracode.eu'],
    ['a URL before the region', { region: 'european', platformUrl: 'https://x.test:8443/' }, 'https://x.test:8443', 'https://x.test:8443'],
  ] as const)('talks to %s', (_name, options, xmlBaseUrl, restBaseUrl) => {
    expect(createVeracodeClient({ credentials, ...options }).hosts).toEqual({ xmlBaseUrl, restBaseUrl });
  });

  it('passes proxy, CA file and environment on to the network', async () => {
    const client = connect('https://127.0.0.1:9', { proxy: 'http://proxy.invalid:1', caFile: 'absent.pem', env: { NO_PROXY: '127.0.0.1' } });
    await expect(getOwnCredentials(client)).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('absent.pem') });
  });

  it.each([
    ['a rate share below one', { rateShare: 0.5 }, /rateShare: got 0.5/],
    ['a rate share that is no number', { rateShare: NaN }, /rateShare/],
    ['a suffix that would break the header', { userAgentSuffix: 'a\r\nb' }, /userAgentSuffix/],
    ['a proxy of another kind', { proxy: 'socks5://user:hunter2@proxy.test' }, /^proxy: got a socks5: URL/],
    ['a variable with such a proxy', { env: { HTTPS_PROXY: 'socks5://proxy.test' } }, /^HTTPS_PROXY: got/],
    ['plain http to another machine', { platformUrl: 'http://veracode.test' }, /plain http: only to this machine/],
  ])('refuses %s', (_name, options, message) => {
    expect(() => createVeracodeClient({ credentials, ...options })).toThrow(message);
  });
});
