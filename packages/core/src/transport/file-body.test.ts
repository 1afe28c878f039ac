import { createHash } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { mkdtemp, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHttpServer } from '../../test/http-server.js';
import { failureOf, never, requestTo } from '../../test/requests.js';
import type { Artifact } from '../domain/scan-request.js';
import { fileBody, fingerprintOf } from './file-body.js';
import { createUndiciHttpClient } from './undici-http-client.js';

const SIZE = 700_000;
const CHUNK = 256 * 1024;
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
    chunks.push(chunk);
    await onChunk?.(chunks.length);
  }
  return Buffer.concat(chunks);
}

describe('fileBody', () => {
  it('streams the file with its size and checksums, as often as it is opened', async () => {
    const seen: number[] = [];
    const body = fileBody(artifact, { onBytes: (sent) => seen.push(sent) });
    expect(body).toMatchObject({ sizeBytes: SIZE, contentType: 'binary/octet-stream' });
    expect(body.checksums()).toBeNull();
    const bytes = await readAll(body.open());
    expect(await readAll(body.open())).toEqual(bytes);
    expect(bytes).toEqual(Buffer.alloc(SIZE, 'verapipe'));
    expect(seen).toEqual([CHUNK, 2 * CHUNK, SIZE, CHUNK, 2 * CHUNK, SIZE]);
    expect(body.checksums()).toEqual({
      md5: createHash('md5').update(bytes).digest('hex'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it.each([
    ['grew', () => writeFile(path, 'more', { flag: 'a' }), /it has 700004 bytes now/],
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
    ['shrinks', () => truncate(path, CHUNK)],
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
    expect(body.checksums()).toBeNull();
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

  it('an upload that is cut short by the file arrives as incomplete', async () => {
    let complete = false;
    let ended: (() => void) | undefined;
    const over = new Promise<void>((resolve) => (ended = resolve));
    const server = await startHttpServer((request) => {
      request.on('end', () => (complete = true)).on('error', () => undefined);
      request.on('close', () => ended?.()).resume();
    });
    const client = createUndiciHttpClient();
    const body = fileBody(artifact, { onBytes: () => truncateSync(path, CHUNK) });
    const failure = await failureOf(client.send(requestTo(server.url, { method: 'POST', body }), never()));
    expect(failure).toMatchObject({ name: 'LocalError', code: 'artifact-changed' });
    await over;
    expect(complete).toBe(false);
    await client.close();
    await server.close();
  });
});
