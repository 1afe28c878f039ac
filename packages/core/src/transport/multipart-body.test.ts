import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { Artifact } from '../domain/scan-request.js';
import { fingerprintOf } from './file-body.js';
import { segmentBody } from './multipart-body.js';

const RANGE = { start: 2, end: 7 };
const AS_SENT = '--b0\r\nContent-Disposition: form-data; name="file"; filename="segment"\r\nContent-Type: application/octet-stream\r\n\r\ncdefg\r\n--b0--\r\n';

let folder: string;
let artifact: Artifact;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-segment-'));
});
beforeEach(async () => {
  const path = join(folder, 'app.jar');
  await writeFile(path, 'abcdefghi');
  const stats = await stat(path, { bigint: true });
  artifact = { path, name: 'app.jar', sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) };
});
afterAll(() => rm(folder, { recursive: true }));

describe('segmentBody', () => {
  it('is the piece as the one part of a form, with its exact size, as often as it is opened', async () => {
    const seen: number[] = [];
    const body = segmentBody(artifact, RANGE, { boundary: 'b0', onBytes: (sent) => seen.push(sent) });
    expect(body).toMatchObject({ contentType: 'multipart/form-data; boundary=b0', sizeBytes: AS_SENT.length });
    expect(await text(body.open())).toBe(AS_SENT);
    expect(await text(body.open())).toBe(AS_SENT);
    expect(seen).toEqual([5, 5]);
  });

  it('knows the checksum of the piece once it is handed over, and nobody has to listen', async () => {
    const body = segmentBody(artifact, RANGE, { boundary: 'b0' });
    expect(body.sha256()).toBeNull();
    await text(body.open());
    expect(body.sha256()).toBe(createHash('sha256').update('cdefg').digest('hex'));
    const again = body.open()[Symbol.asyncIterator]();
    await again.next();
    expect(body.sha256()).toBeNull();
  });

  it('is refused when the file has changed since it was looked at', async () => {
    await writeFile(artifact.path, 'abcdefghij');
    const body = segmentBody(artifact, RANGE, { boundary: 'b0' });
    await expect(text(body.open())).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(body.sha256()).toBeNull();
  });
});
