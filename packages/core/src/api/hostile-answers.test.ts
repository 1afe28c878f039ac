import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestServer } from '../../test/http-server.js';
import { type RawAnswer, startRawServer } from '../../test/raw-server.js';
import { failureOf } from '../../test/requests.js';
import { parseCredentials } from '../auth/credentials.js';
import { type Clock, systemClock } from '../kernel/clock.js';
import { isVeracodeError } from '../kernel/errors.js';
import { createVeracodeClient } from './create-client.js';
import { getOwnCredentials } from './rest/credentials.js';
import type { VeracodeClient } from './veracode-client.js';
import { listApplications } from './xml/applications.js';
import { downloadDetailedReport } from './xml/reports.js';

const MIB = 1024 * 1024;
const PART_BYTES = 64 * 1024;
/** What may be on its way when the reader hangs up: its own limit, and what both ends of the socket hold. */
const TAKEN_AT_MOST = 64 * MIB;
/** That, once as bytes and once as text; what Node has not collected yet comes on top. */
const MEMORY_AT_MOST = 192 * MIB;
const CREDENTIALS = parseCredentials({ apiId: 'ab'.repeat(16), apiKey: 'cd'.repeat(64) });
const ONCE = { attempts: 1 };

/** Minutes of waiting for progress pass in a moment. Only where progress is what is waited for: disk and sockets take real time. */
const HURRY = 1200;
const hurriedClock: Clock = {
  now: () => systemClock.now(),
  monotonicMs: () => systemClock.monotonicMs() * HURRY,
  sleep: (ms, signal) => systemClock.sleep(ms / HURRY, signal),
};

let server: TestServer;
let client: VeracodeClient;
let folder: string;
let answer: RawAnswer;
let written: number;

beforeEach(async () => {
  written = 0;
  server = await startRawServer((socket, head) => {
    socket.once('close', () => (written += socket.bytesWritten));
    answer(socket, head);
  });
  client = connect();
  folder = await mkdtemp(join(tmpdir(), 'verapipe-hostile-'));
});
afterEach(async () => {
  await client.close();
  await server.close();
  await rm(folder, { recursive: true });
});

function connect(clock: Clock = systemClock): VeracodeClient {
  return createVeracodeClient({ credentials: CREDENTIALS, platformUrl: server.url, clock });
}

/** The three ways in which an answer is read: XML as a whole, XML as a stream into a file, JSON. */
const READERS = {
  xml: () => listApplications(client, ONCE),
  report: () => downloadDetailedReport(client, { buildId: '1', file: join(folder, 'report.xml') }, ONCE),
  rest: () => getOwnCredentials(client, ONCE),
} as const;
type Reader = keyof typeof READERS;
const ALL: readonly Reader[] = ['xml', 'report', 'rest'];
const BOTH_XML: readonly Reader[] = ['xml', 'report'];

const HEAD = 'HTTP/1.1 200 OK\r\n';
const ROOTS: Readonly<Record<Reader, string>> = { xml: 'applist', report: 'detailedreport', rest: '' };

function whole(body: string | Uint8Array, headers = 'Content-Type: text/xml\r\n'): RawAnswer {
  const bytes = Buffer.from(body);
  return (socket) => {
    socket.write(`${HEAD}${headers}Content-Length: ${bytes.byteLength}\r\n\r\n`);
    let position = 0;
    const more = (): void => {
      while (position < bytes.byteLength && !socket.destroyed) {
        position += PART_BYTES;
        if (!socket.write(bytes.subarray(position - PART_BYTES, position))) return;
      }
    };
    socket.on('drain', more);
    more();
  };
}

/** Sends one part after the other for as long as somebody reads. */
function endless(part: Uint8Array, headers = ''): RawAnswer {
  return (socket) => {
    socket.write(`${HEAD}${headers}\r\n`);
    pour(socket, part);
  };
}

function pour(socket: Socket, part: Uint8Array): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(part));
  };
  socket.on('drain', more);
  more();
}

/** One byte now and then. */
function dripping(start: string, drop: string): RawAnswer {
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(drop), 5);
    socket.once('close', () => clearInterval(timer));
  };
}

function chunked(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

describe('a hostile answer', () => {
  const letters = Buffer.alloc(PART_BYTES, 'x');
  // Each is 64 MiB when it is unpacked.
  const bomb = gzipSync(Buffer.alloc(64 * MIB, 'x'));

  it.each<[name: string, readers: readonly Reader[], answer: RawAnswer]>([
    ['an endless body', ALL, endless(letters)],
    ['an endless body in chunks', ALL, endless(chunked(letters.toString()), 'Transfer-Encoding: chunked\r\n')],
    ['an endless body of blanks', ALL, endless(Buffer.alloc(PART_BYTES, ' '))],
    ['an endless gzip bomb', ALL, endless(bomb, 'Content-Encoding: gzip\r\n')],
    ['a size that no disk could hold', ALL, endless(letters, 'Content-Length: 9007199254740991\r\n')],
    ['endless headers', ALL, (socket) => pour(socket, Buffer.from(`${HEAD}${'X-A: b\r\n'.repeat(1000)}`))],
    ['a header without end', ALL, (socket) => pour(socket, Buffer.from(`${HEAD}X-A: `.padEnd(64 * 1024, 'x')))],
    ['an endless error page', ALL, (socket) => {
      socket.write('HTTP/1.1 502 Bad Gateway\r\n\r\n<html><title>');
      pour(socket, letters);
    }],
    ['two sizes', ALL, (socket) => socket.write(`${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`)],
    ['a negative size', ALL, (socket) => socket.write(`${HEAD}Content-Length: -1\r\n\r\nab`)],
    ['a size and chunks', ALL, (socket) => socket.write(`${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nfoo!`)],
    ['a chunk of a size that is none', ALL, (socket) => socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx`)],
    ['an upgrade that nobody asked for', ALL, (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n')],
    ['a status that is none', ALL, (socket) => socket.write('HTTP/1.1 999 Whatever\r\nContent-Length: 0\r\n\r\n')],
    ['no body at all', ALL, whole('')],
    ['a status without a body', ALL, (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n')],
    ['half a document, and no size', BOTH_XML, (socket) => socket.end(`${HEAD}\r\n<?xml version="1.0"?><applist><app app_id="1"`)],
    ['a page that calls itself XML', ALL, whole('<!doctype html><html><body>Sign in</body></html>')],
    ['JSON where XML is due', BOTH_XML, whole('{"applist":[]}', 'Content-Type: application/json\r\n')],
    ['XML where JSON is due', ['rest'], whole('<applist/>')],
    ['lists 100,000 deep', ['rest'], whole(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['objects 100,000 deep', ['rest'], whole(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['names that reach for the prototype', ['rest'], whole('{"__proto__":{"api_id":"x"},"constructor":{"prototype":{"api_id":"x"}}}')],
  ])('%s is a typed error, and costs little', async (_name, readers, given) => {
    for (const reader of readers) {
      answer = given;
      await expectTypedFailure(reader);
    }
  });

  it.each<[name: string, body: (root: string) => string | Uint8Array]>([
    ['100 MB of attributes', (root) => `<${root} ${'a="b" '.repeat(100 * MIB / 6)}/>`],
    ['one attribute of 100 MB', (root) => `<${root} a="${'b'.repeat(100 * MIB)}"/>`],
    ['10,000 attributes', (root) => `<${root} ${Array.from({ length: 10_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`],
    ['elements 10,000 deep', (root) => `<${root}>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</${root}>`],
    ['100 MB of elements that are never closed', (root) => `<${root}>${'<a>'.repeat(100 * MIB / 3)}`],
    ['an entity bomb', (root) => `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(1000)}">]><${root} a="&b;"/>`],
    ['an external entity', (root) => `<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><${root} a="&x;"/>`],
    ['a comment without end', (root) => `<${root}><!-- ${'x'.repeat(40 * MIB)}`],
    ['a CDATA section without end', (root) => `<${root}><![CDATA[ ${'x'.repeat(40 * MIB)}`],
    ['NUL bytes', (root) => `<${root} a="\0"/>`],
    ['NUL bytes only', () => Buffer.alloc(MIB)],
    ['an attribute twice', (root) => `<${root} build_id="1" build_id="2"/>`],
    ['UTF-16', (root) => Buffer.from(`\ufeff<${root}/>`, 'utf16le')],
    ['an encoding that it is not', (root) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><${root} a="\xe9"/>`, 'latin1')],
    ['an encoding that nobody knows', (root) => `<?xml version="1.0" encoding="EBCDIC-US"?><${root}/>`],
    ['a reference to a huge number', (root) => `<${root} a="&#${'9'.repeat(10_000)};"/>`],
    ['half a document', (root) => `<?xml version="1.0"?><${root}><app app_id="1" app_name="x"/>`],
    ['another document', () => '<buildinfo/>'],
  ])('%s in XML is a typed error, and costs little', async (_name, bodyOf) => {
    for (const reader of BOTH_XML) {
      answer = whole(bodyOf(ROOTS[reader]));
      await expectTypedFailure(reader);
    }
  });

  it.each<[name: string, answer: RawAnswer]>([
    ['informational answers without end', dripping('', 'HTTP/1.1 102 Processing\r\n\r\n')],
    ['a drip', dripping(`${HEAD}\r\n`, ' ')],
    ['a drip in chunks', dripping(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n')],
    ['a head that drips', dripping(`${HEAD}X-A: `, 'x')],
    ['silence', () => undefined],
    ['an endless reason for the status', (socket) => pour(socket, Buffer.from('HTTP/1.1 200 '.padEnd(PART_BYTES, 'x')))],
  ])('%s is given up when minutes have brought nothing', async (_name, given) => {
    const patient = client;
    for (const reader of ALL) {
      answer = given;
      client = connect(hurriedClock);
      const memoryBefore = memoryBytes();
      await expect(READERS[reader]()).rejects.toMatchObject({ name: 'RequestTimeoutError', code: 'no-progress' });
      expect(memoryBytes() - memoryBefore).toBeLessThan(MEMORY_AT_MOST);
      expect(await readdir(folder)).toEqual([]);
      await client.close();
    }
    client = patient;
  });

  async function expectTypedFailure(reader: Reader): Promise<void> {
    written = 0;
    const before = memoryBytes();
    const failure = await failureOf(READERS[reader]());
    expect(isVeracodeError(failure)).toBe(true);
    expect(failure).toMatchObject({
      name: expect.stringMatching(/^(?:Protocol|Network|Service)Error$/),
      message: expect.stringMatching(/^[^\p{Cc}]{10,600}$/u),
    });
    expect(memoryBytes() - before).toBeLessThan(MEMORY_AT_MOST);
    expect(await readdir(folder)).toEqual([]);
    // Nothing of it sticks to the next answer, be it over the same connection or another one.
    answer = whole('<applist/>');
    await expect(listApplications(client, ONCE)).resolves.toEqual([]);
    expect(written).toBeLessThan(TAKEN_AT_MOST);
  }

  it.each<[name: string, answerTo: (head: string) => string]>([
    ['an error page', (head) => `HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n<html><title>${head}</title></html>`],
    ['a refusal', (head) => `${HEAD}Connection: close\r\n\r\n<error>${head}</error>`],
    ['a header', (head) => `HTTP/1.1 403 No\r\nConnection: close\r\nX-Conversation-Id: ${signatureIn(head)}\r\n\r\n`],
    ['JSON', (head) => `HTTP/1.1 400 No\r\nConnection: close\r\n\r\n${JSON.stringify({ message: head })}`],
    ['no document', (head) => `${HEAD}Connection: close\r\n\r\n${head}`],
    ['something that is not HTTP', (head) => head],
  ])('that shows in %s what it was sent leaves no signature in the error', async (_name, answerTo) => {
    let signature = '';
    answer = (socket, head) => {
      signature = signatureIn(head);
      socket.end(answerTo(head));
    };
    for (const reader of ALL) {
      const shown = inspect(await failureOf(READERS[reader]()), { depth: 20, showHidden: true });
      expect(signature).toMatch(/^[0-9a-f]{64}$/);
      expect(shown).toMatch(/Error: /);
      expect(shown.toLowerCase()).not.toContain(signature);
      expect(shown.toLowerCase()).not.toContain('cd'.repeat(64));
    }
  });

  it('that comes before it was asked for is not taken for the next one', async () => {
    answer = (socket) => {
      whole('<applist/>')(socket, '');
      whole('<applist><app app_id="666" app_name="planted"/></applist>')(socket, '');
    };
    await expect(listApplications(client, ONCE)).resolves.toEqual([]);
    answer = whole('<applist/>');
    await expect(listApplications(client, ONCE)).resolves.toEqual([]);
  });

  it.each([
    ['another type', 'Content-Type: image/png\r\n'],
    ['no type', ''],
    ['a charset that it is not', 'Content-Type: text/xml; charset=utf-16\r\n'],
  ])('with %s is judged by what it is', async (_name, headers) => {
    answer = whole('<applist><app app_id="1" app_name="Zoë"/></applist>', headers);
    await expect(listApplications(client, ONCE)).resolves.toMatchObject([{ id: '1', name: 'Zoë' }]);
  });

  it.each<[name: string, isRefused: boolean]>([
    ['__proto__', true],
    ['constructor', true],
    ['prototype', true],
    ['toString', false],
    ['hasOwnProperty', false],
  ])('with elements and attributes called %s pollutes nothing', async (name, isRefused) => {
    answer = whole(`<applist ${name}="x"><${name} app_id="9"/><app app_id="1" app_name="a" ${name}="polluted"/></applist>`);
    const reading = listApplications(client, ONCE);
    if (isRefused) await expect(reading).rejects.toMatchObject({ name: 'ProtocolError' });
    else await expect(reading).resolves.toEqual([{ id: '1', name: 'a', policyUpdatedAt: null }]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('app_id');
    expect(Object.prototype.toString.call({})).toBe('[object Object]');
  });

  it('keeps numbers as they were written', async () => {
    // An id that was rounded would be somebody else's.
    answer = whole('<applist><app app_id="900719925474099301" app_name="0012"/><app app_id="2" app_name="1e400"/></applist>');
    await expect(listApplications(client, ONCE)).resolves.toMatchObject([{ id: '900719925474099301', name: '0012' }, { name: '1e400' }]);
    answer = whole(`<applist><app app_id="${'9'.repeat(400)}" app_name="x"/></applist>`);
    await expect(listApplications(client, ONCE)).rejects.toMatchObject({ name: 'ProtocolError' });
  });
});

function signatureIn(head: string): string {
  return /sig=([0-9a-f]+)/i.exec(head)?.[1]?.toLowerCase() ?? '';
}

function memoryBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

