import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { send } from '../../test/client.js';
import { sign } from '../../test/signer.js';
import { startEmulator, type RunningEmulator, type StartEmulatorOptions } from '../start-emulator.js';
import { platformHosts } from './proxy.js';

const list = '/api/5.0/getapplist.do';
const running: RunningEmulator[] = [];

async function start(options: StartEmulatorOptions = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ scenario: { applications: [{ name: 'Web shop' }] }, ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

/** Sends raw text and reads to the end of the connection, or to the given text. */
async function speak(url: string, text: string, until?: string): Promise<{ readonly socket: Socket; readonly heard: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let heard = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      heard += chunk.toString('latin1');
      if (until !== undefined && heard.includes(until)) {
        socket.off('data', hear);
        resolve({ socket, heard });
      }
    };
    socket.on('data', hear).on('error', reject).on('end', () => resolve({ socket, heard }));
  });
}

/** A signed GET through a tunnel to a platform host. */
async function getThroughTunnel(emulator: RunningEmulator, host: string, target: string, signedHost = host): Promise<string> {
  const { socket } = await speak(emulator.proxyUrl ?? '', `CONNECT ${host}:443 HTTP/1.1\r\nhost: ${host}:443\r\n\r\n`, '\r\n\r\n');
  const tls = connectTls({ socket, servername: host, ca: readFileSync(emulator.caFile ?? '', 'utf8') });
  const authorization = sign({ apiId: emulator.apiId, apiKey: emulator.apiKey, method: 'GET', host: signedHost, target });
  tls.write(`GET ${target} HTTP/1.1\r\nhost: ${signedHost}\r\nauthorization: ${authorization}\r\nconnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of tls) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('latin1');
}

describe('sockets', () => {
  it('are open on the loopback address only, and those that were asked for', async () => {
    const plain = await start();
    expect(plain).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), tlsUrl: null, proxyUrl: null, caFile: null });
    const all = await start({ tlsPort: 0, proxyPort: 0 });
    expect(all.tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(all.proxyUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('say that a port is taken, and leave nothing behind', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await expect(startEmulator({ port })).rejects.toThrow(/EADDRINUSE/);
  });

  it('are kept alive between requests', async () => {
    const emulator = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number>();
    agent.on('free', (socket: Socket) => ports.add(socket.localPort ?? 0));
    await send({ ...emulator, agent }, list);
    await send({ ...emulator, agent }, list);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ports.size).toBe(1);
    agent.destroy();
  });

  it('end at once when the emulator closes, and its authority is removed', async () => {
    const emulator = await start({ tlsPort: 0 });
    const { socket } = await speak(emulator.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', 'Unauthorized');
    const ended = new Promise((resolve) => socket.on('close', resolve));
    expect(existsSync(emulator.caFile ?? '')).toBe(true);
    await emulator.close();
    await ended;
    expect(existsSync(emulator.caFile ?? '')).toBe(false);
  });

  it('survive a client that speaks no HTTP, or no TLS', async () => {
    const emulator = await start({ tlsPort: 0 });
    await speak(emulator.url, 'nonsense\r\n\r\n');
    await speak(emulator.tlsUrl ?? '', 'GET / HTTP/1.1\r\n\r\n').catch(() => undefined);
    expect((await send(emulator, list)).status).toBe(200);
  });
});

describe('compression', () => {
  const scenario = { applications: Array.from({ length: 50 }, (_, index) => ({ name: `App ${index}` })) };

  it.each([
    ['gzip', 'gzip'],
    ['deflate, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
  ])('accepting %s gives %s', async (accepted, encoding) => {
    const emulator = await start({ scenario });
    const answer = await send(emulator, list, { headers: { 'accept-encoding': accepted } });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.text).toContain('App 49');
  });

  it('leaves small answers alone', async () => {
    const emulator = await start();
    const answer = await send(emulator, '/healthcheck/status', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});

describe('uploads', () => {
  it('of 400 MB are counted and hashed, not kept', async () => {
    const emulator = await start();
    const chunk = Buffer.alloc(1024 * 1024, 'veracode');
    const count = 400;
    const hash = createHash('md5');
    let highestBytes = 0;
    const startBytes = process.memoryUsage().rss;
    const body = Readable.from(
      (function* () {
        for (let index = 0; index < count; index += 1) {
          hash.update(chunk);
          highestBytes = Math.max(highestBytes, process.memoryUsage().rss - startBytes);
          yield chunk;
        }
      })(),
      { objectMode: false },
    );
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const headers = { 'content-length': String(count * chunk.byteLength), 'content-type': 'binary/octet-stream' };
    const answer = await send(emulator, `/api/5.0/uploadlargefile.do?app_id=${id}&filename=big.war`, { body, headers, method: 'POST' });
    expect(answer.status).toBe(200);
    expect(emulator.snapshot().applications[0]?.builds[0]?.files[0]).toMatchObject({ sizeBytes: count * chunk.byteLength, md5: hash.digest('hex') });
    expect(highestBytes).toBeLessThan(200 * 1024 * 1024);
  });

  it('that break off leave no file', async () => {
    const emulator = await start();
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const target = `/api/5.0/uploadlargefile.do?app_id=${id}&filename=half.war`;
    const authorization = sign({ apiId: emulator.apiId, apiKey: emulator.apiKey, method: 'POST', host: '127.0.0.1', target });
    const { hostname, port } = new URL(emulator.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(`POST ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\ncontent-length: 100\r\n\r\nhalf`);
    while (emulator.journal()[0]?.account === null || emulator.journal().length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.destroy();
    while (emulator.journal()[0]?.refusal === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(emulator.journal()[0]).toMatchObject({ acted: false, refusal: expect.stringContaining('broke off'), bodyBytes: 4 });
    expect(emulator.snapshot().applications[0]?.builds).toEqual([]);
  });
});

describe('proxy', () => {
  it.each(platformHosts)('leads to %s', async (host) => {
    const emulator = await start({ proxyPort: 0 });
    const target = host.startsWith('api') ? '/appsec/v1/applications' : list;
    const heard = await getThroughTunnel(emulator, host, target);
    expect(heard).toMatch(/^HTTP\/1\.1 200/);
    expect(emulator.journal()).toEqual([expect.objectContaining({ host, acted: true })]);
  });

  it('keeps a request to the host of its tunnel', async () => {
    const emulator = await start({ proxyPort: 0 });
    const heard = await getThroughTunnel(emulator, 'api.veracode.com', '/appsec/v1/applications', 'api.veracode.eu');
    expect(heard).toMatch(/^HTTP\/1\.1 401/);
    expect(emulator.journal()[0]).toMatchObject({ host: 'api.veracode.com', refusal: 'the signature does not fit' });
  });

  it.each([
    ['another host', 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n', 'CONNECT example.com:443'],
    ['a host that only looks like one', 'CONNECT api.veracode.com.example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n', 'CONNECT api.veracode.com.example.com:443'],
    ['another port', 'CONNECT api.veracode.com:80 HTTP/1.1\r\nhost: x\r\n\r\n', 'CONNECT api.veracode.com:80'],
    ['a request that is to be forwarded', 'GET http://api.veracode.com/ HTTP/1.1\r\nhost: api.veracode.com\r\nconnection: close\r\n\r\n', 'GET http://api.veracode.com/'],
    ['a request that is meant for a server', 'GET /__emulator/state HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n', 'GET http://127.0.0.1/__emulator/state'],
  ])('refuses %s, and the journal has it', async (_, request, operation) => {
    const emulator = await start({ proxyPort: 0 });
    const { heard } = await speak(emulator.proxyUrl ?? '', request);
    expect(heard).toMatch(/^HTTP\/1\.1 403 Forbidden/);
    expect(emulator.journal()).toEqual([expect.objectContaining({ operation, status: 403, acted: false })]);
  });
});

describe('certificates', () => {
  it('are signed by a throw-away authority, for local names and the hosts of the platform', async () => {
    const emulator = await start({ tlsPort: 0 });
    const authority = new X509Certificate(readFileSync(emulator.caFile ?? ''));
    const socket = connectTls({ port: Number(new URL(emulator.tlsUrl ?? '').port), host: '127.0.0.1', ca: authority.toString() });
    await new Promise((resolve, reject) => socket.on('secureConnect', resolve).on('error', reject));
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    expect(authority.ca).toBe(true);
    expect(authority.subject).toContain('throw-away');
    expect(certificate?.verify(authority.publicKey)).toBe(true);
    expect([...platformHosts, 'localhost'].map((name) => certificate?.checkHost(name))).toEqual([...platformHosts, 'localhost']);
    expect(certificate?.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate?.checkHost('example.com')).toBeUndefined();
  });
});
