import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { mkdtemp, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestCertificates } from '../../test/certificates.js';
import { startHttpServer } from '../../test/http-server.js';
import { failureOf, never, requestTo } from '../../test/requests.js';
import type { Artifact } from '../domain/scan-request.js';
import { fileBody, fingerprintOf, hashArtifact } from './file-body.js';
import { createUndiciHttpClient } from './undici-http-client.js';

const PART = 3 * 1024 * 1024;
const SIZE = 2.5 * PART;
let folder: string;
let path: string;
let artifact: Artifact;

async function inspect(): Promise<Artifact> {
  const stats = await stat(path, { bigint: true });
  return { path, name: 'app.jar', sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-file-'));
});
beforeEach(async () => {
  path = join(folder, 'app.jar');
  await rm(path, { force: true });
  await writeFile(path, Buffer.alloc(SIZE, 'verapipe'));
  artifact = await inspect();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function readAll(body: AsyncIterable<Uint8Array>, onChunk?: (count: number) => Promise<void>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(Uint8Array.from(chunk));
    await onChunk?.(chunks.length);
  }
  return Buffer.concat(chunks);
}

describe('fileBody', () => {
  it('streams the file with its size, as often as it is opened', async () => {
    const seen: number[] = [];
    const body = fileBody(artifact, { onBytes: (sent) => seen.push(sent) });
    expect(body).toMatchObject({ sizeBytes: SIZE, contentType: 'binary/octet-stream' });
    expect(body.isHandedOver()).toBe(false);
    const bytes = await readAll(body.open());
    expect(body.isHandedOver()).toBe(true);
    expect(bytes.equals(await readAll(body.open()))).toBe(true);
    expect(bytes.equals(Buffer.alloc(SIZE, 'verapipe'))).toBe(true);
    expect(seen).toEqual([PART, 2 * PART, SIZE, PART, 2 * PART, SIZE]);
  });

  it('says of each attempt whether it has handed over the whole file', async () => {
    const body = fileBody(artifact);
    await readAll(body.open());
    const handedOver: boolean[] = [];
    await readAll(body.open(), () => Promise.resolve(void handedOver.push(body.isHandedOver())));
    expect(handedOver).toEqual([false, false, true]);
  });

  it('reads ahead, and leaves the part that was handed over alone', async () => {
    const parts = new Map<string, Uint8Array>();
    await writeFile(path, Buffer.concat(['a', 'b', 'c', 'd', 'e'].map((letter) => Buffer.alloc(PART, letter))));
    for await (const part of fileBody(await inspect()).open()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const letter = String.fromCharCode(part[0] ?? 0);
      expect(Buffer.from(part).equals(Buffer.alloc(PART, letter))).toBe(true);
      parts.set(letter, part);
    }
    expect([...parts.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['grew', () => writeFile(path, 'more', { flag: 'a' }), new RegExp(`it has ${SIZE + 4} bytes now`)],
    ['shrank', () => truncate(path, 10), /it has 10 bytes now/],
    ['was written to', () => utimes(path, new Date(0), new Date(0)), /it was written to/],
    [
      'was replaced',
      async () => {
        const { mtimeMs } = await stat(path);
        await writeFile(`${path}.new`, Buffer.alloc(SIZE, 'x'));
        await utimes(`${path}.new`, mtimeMs / 1000, mtimeMs / 1000);
        await rename(`${path}.new`, path);
      },
      /it was (replaced|written to)/,
    ],
  ])('refuses a file that %s before the upload', async (_name, change, message) => {
    await change();
    await expect(readAll(fileBody(artifact).open())).rejects.toMatchObject({
      name: 'LocalError',
      code: 'artifact-changed',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['grows', () => writeFile(path, 'more', { flag: 'a' })],
    ['shrinks', () => truncate(path, PART)],
    ['is written to', () => writeFile(path, 'x', { flag: 'r+' }).then(() => utimes(path, new Date(0), new Date(0)))],
  ])('never hands over the end of a file that %s meanwhile', async (_name, change) => {
    const body = fileBody(artifact);
    let handedOver = 0;
    const reading = (async () => {
      for await (const chunk of body.open()) {
        if (handedOver === 0) await change();
        handedOver += chunk.byteLength;
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(handedOver).toBeLessThan(SIZE);
    expect(body.isHandedOver()).toBe(false);
  });

  it.each([
    ['is gone', () => rm(path), 'artifact-unreadable', /ENOENT/],
    ['has become a folder', () => rm(path).then(() => mkdtemp(`${path}-`)).then((made) => rename(made, path)), 'artifact-', /./],
  ])('says so when the file %s', async (_name, change, code, message) => {
    await change();
    const failure = await failureOf(readAll(fileBody(artifact).open()));
    expect(failure).toMatchObject({ name: 'LocalError', code: expect.stringContaining(code), message: expect.stringMatching(message) });
    await rm(path, { recursive: true, force: true });
  });

  it.each(['http', 'https'])('arrives unchanged over %s at a server that reads slowly', async (scheme) => {
    let received = '';
    const certificates = await createTestCertificates();
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, certificates.ca);
    const listener: RequestListener = (request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on('end', () => {
        received = hash.digest('hex');
        response.end();
      });
    };
    const server = await startHttpServer(listener, scheme === 'https' ? certificates : undefined);
    await writeFile(path, randomBytes(6 * PART + 17));
    artifact = await inspect();
    const client = createUndiciHttpClient({ caFile });
    const body = fileBody(artifact);
    await client.send(requestTo(server.url, { method: 'POST', body }), never());
    const { sha256 } = await hashArtifact(artifact);
    expect(received).toBe(sha256);
    await client.close();
    await server.close();
  });

  it('an upload that is cut short by the file arrives as incomplete', async () => {
    let complete = false;
    let ended: (() => void) | undefined;
    const over = new Promise<void>((resolve) => (ended = resolve));
    const server = await startHttpServer((request) => {
      request.on('end', () => (complete = true)).on('error', () => undefined);
      request.on('close', () => ended?.()).resume();
    });
    const client = createUndiciHttpClient();
    const body = fileBody(artifact, { onBytes: () => truncateSync(path, PART) });
    const failure = await failureOf(client.send(requestTo(server.url, { method: 'POST', body }), never()));
    expect(failure).toMatchObject({ name: 'LocalError', code: 'artifact-changed' });
    await over;
    expect(complete).toBe(false);
    await client.close();
    await server.close();
  });
});

describe('hashArtifact', () => {
  it('holds the last part back when the file was written to after the part before it', async () => {
    const parts: number[] = [];
    const touchBeforeLast = async (count: number): Promise<void> => {
      parts.push(count);
      if (count === 2) await utimes(path, new Date(0), new Date(0));
    };
    await expect(readAll(fileBody(artifact).open(), touchBeforeLast)).rejects.toMatchObject({
      code: 'artifact-changed',
      message: expect.stringContaining('it was written to'),
      advice: 'Upload only when the build that writes the file has finished, then run again.',
    });
    expect(parts).toEqual([1, 2]);
  });

  it('computes the checksums', async () => {
    const bytes = Buffer.alloc(SIZE, 'verapipe');
    await expect(hashArtifact(artifact)).resolves.toEqual({
      md5: createHash('md5').update(bytes).digest('hex'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('ends with the signal', async () => {
    const reason = new Error('over');
    await expect(hashArtifact(artifact, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('knows the checksums of an empty file', async () => {
    await writeFile(path, '');
    await expect(hashArtifact(await inspect())).resolves.toEqual({
      md5: 'd41d8cd98f00b204e9800998ecf8427e',
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  it('refuses a file that changed', async () => {
    await truncate(path, 5);
    await expect(hashArtifact(artifact)).rejects.toMatchObject({ code: 'artifact-changed' });
  });
});
