import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyText, describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { answer } from '../../../test/scripted-send.js';
import type { Artifact } from '../../domain/scan-request.js';
import { fingerprintOf } from '../../transport/file-body.js';
import { listFiles, removeFile, uploadFile } from './files.js';

const BASE = 'POST https://analysiscenter.veracode.com/api/5.0';
const POLICY = { applicationId: '81001', sandboxId: null };
const CONTENT = 'the bytes of an artifact';
let folder: string;
let artifact: Artifact;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-upload-'));
  const path = join(folder, 'local.jar');
  await writeFile(path, CONTENT);
  const stats = await stat(path, { bigint: true });
  artifact = { path, name: 'grün & rot (1).jar', sizeBytes: CONTENT.length, fingerprint: fingerprintOf(stats) };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('listFiles', () => {
  it.each([
    [POLICY, { app_id: '81001' }],
    [{ ...POLICY, sandboxId: '92001', buildId: '5000003' }, { app_id: '81001', sandbox_id: '92001', build_id: '5000003' }],
  ])('asks for %j', async (input, parameters) => {
    const client = scriptedClient(xmlSample('filelist.server'));
    const { files } = await listFiles(client, input);
    expect(files).toHaveLength(3);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/getfilelist.do`, ...parameters });
  });
});

describe('uploadFile', () => {
  it('sends the bytes as they are, the parameters in the query, and returns what the build holds now', async () => {
    const heard: number[] = [];
    const client = scriptedClient(async (request) => {
      await expect(bodyText(request)).resolves.toBe(CONTENT);
      return answer(200, xmlSample('filelist.plain').toString('utf8'));
    });
    const list = await uploadFile(client, { ...POLICY, artifact, onBytes: (sent) => heard.push(sent) });
    expect(list).toMatchObject({ buildId: '5000002' });
    expect(heard).toEqual([CONTENT.length]);
    const [request] = client.requests;
    await expect(describeRequest(request)).resolves.toEqual({
      call: `${BASE}/uploadlargefile.do`,
      app_id: '81001',
      filename: 'grün & rot (1).jar',
    });
    // A blank as plus sign, or a rewritten escape, breaks the signature of some servers.
    expect(request?.url.search).toBe('?app_id=81001&filename=gr%C3%BCn%20%26%20rot%20%281%29.jar');
    expect(request?.body).toMatchObject({ contentType: 'binary/octet-stream', sizeBytes: CONTENT.length });
  });

  it('does not trust an answer that came before the last byte was sent', async () => {
    const client = scriptedClient(xmlSample('filelist.server'));
    await expect(uploadFile(client, { ...POLICY, artifact })).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'answered-too-early',
      outcome: 'unknown',
    });
  });
});

describe('removeFile', () => {
  it.each(['removefile.server', 'filelist-empty.server'])('takes %s for success', async (sample) => {
    const client = scriptedClient(xmlSample(sample));
    await expect(removeFile(client, { ...POLICY, fileId: '-9007199254740993123' })).resolves.toBeUndefined();
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/removefile.do`,
      app_id: '81001',
      file_id: '-9007199254740993123',
    });
  });
});
