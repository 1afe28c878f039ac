import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyText, scriptedClient } from '../../../test/api-client.js';
import { restSample } from '../../../test/samples.js';
import { answer } from '../../../test/scripted-send.js';
import type { Artifact } from '../../domain/scan-request.js';
import { ServiceError } from '../../kernel/errors.js';
import { fingerprintOf } from '../../transport/file-body.js';
import { cancelPipelineScan, createPipelineScan, getPipelineFindings, getPipelineScan, putPipelineSegment, startPipelineScan } from './pipeline-scans.js';

const SCAN_ID = '5f0c2a44-1111-4222-8333-444455556666';
const BASE = 'https://api.veracode.com/pipeline_scan/v1/scans';
const CONTENT = 'x'.repeat(2_500_000) + 'y'.repeat(2_500_000);

let folder: string;
let artifact: Artifact;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-segments-'));
  const path = join(folder, 'shop.war');
  await writeFile(path, CONTENT);
  artifact = { path, name: 'shop.war', sizeBytes: CONTENT.length, fingerprint: fingerprintOf(await stat(path, { bigint: true })) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('createPipelineScan', () => {
  const order = {
    binaryName: 'shop.war',
    binarySizeBytes: 5_000_000,
    binaryHash: 'ab',
    projectName: 'Web shop',
    projectUrl: null,
    projectRef: 'main',
    commitHash: null,
    stage: 'RELEASE',
    scanTimeoutMinutes: 30,
    includeModules: ['a.war', 'b*.jar'],
    stackDumps: false,
  } as const;

  it('says what the platform wants to know, and no more', async () => {
    const client = scriptedClient(restSample('pipeline-scan-created'));
    await expect(createPipelineScan(client, order)).resolves.toEqual({
      scanId: SCAN_ID,
      status: 'uploading',
      statusText: 'UPLOADING',
      message: null,
      segmentsExpected: 2,
      segmentsUploaded: 0,
      nextSegment: 0,
    });
    const [request] = client.requests;
    expect([request?.method, request?.url.href, JSON.parse(request === undefined ? '' : await bodyText(request))]).toEqual([
      'POST',
      BASE,
      {
        binary_name: 'shop.war',
        binary_size: 5_000_000,
        binary_hash: 'ab',
        dev_stage: 'RELEASE',
        scan_timeout: 30,
        project_name: 'Web shop',
        project_ref: 'main',
        include_modules: 'a.war,b*.jar',
      },
    ]);
  });

  it('asks for the ways of data where they are wanted', async () => {
    const client = scriptedClient(restSample('pipeline-scan-created'));
    await createPipelineScan(client, { ...order, stackDumps: true });
    const [request] = client.requests;
    expect(JSON.parse(request === undefined ? '' : await bodyText(request))).toMatchObject({ emit_stack_dump: true });
  });

  it.each([
    ['a login page', '<html></html>', 'ProtocolError'],
    ['no id', restSample('pipeline-scan-created').replace(/"scan_id": "[^"]*"/, '"scan_id": 7'), 'ProtocolError'],
    ['no status', restSample('pipeline-scan-created').replace('"UPLOADING"', 'null'), 'ProtocolError'],
    ['segments in words', restSample('pipeline-scan-created').replace('"binary_segments_expected": 2', '"binary_segments_expected": "two"'), 'ProtocolError'],
  ])('refuses %s', async (_name, body, name) => {
    await expect(createPipelineScan(scriptedClient(body), order)).rejects.toMatchObject({ name });
  });

  it('knows a refusal', async () => {
    const refused = new ServiceError('refused (400): no', { code: 'bad-request', outcome: 'final' });
    await expect(createPipelineScan(scriptedClient(refused), order)).rejects.toMatchObject({ name: 'RefusedError', platformText: 'refused (400): no' });
  });
});

describe('putPipelineSegment', () => {
  it('sends a piece of the file as a form, of the announced size', async () => {
    const client = scriptedClient(async (request) => {
      const text = await bodyText(request);
      const boundary = /boundary=(\S+)$/.exec(request.body?.contentType ?? '')?.[1] ?? '';
      expect(request.body?.sizeBytes).toBe(text.length);
      expect(text).toBe(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="segment"\r\nContent-Type: application/octet-stream\r\n\r\n${'x'.repeat(2_500_000)}\r\n--${boundary}--\r\n`,
      );
      return answer(200, restSample('pipeline-segment'));
    });
    const sent = await putPipelineSegment(client, { scanId: SCAN_ID, index: 0, artifact, range: { start: 0, end: 2_500_000 } });
    expect(sent).toEqual({
      receipt: { sizeBytes: 2_500_000, sha256: '1'.repeat(64), nextSegment: 1 },
      sha256: createHash('sha256').update('x'.repeat(2_500_000)).digest('hex'),
    });
    expect(client.requests.map(({ method, url }) => `${method} ${url.href}`)).toEqual([`PUT ${BASE}/${SCAN_ID}/segments/0`]);
  });

  it.each([
    ['of another scan', { scanId: 'other', index: 0 }],
    ['of another segment', { scanId: SCAN_ID, index: 1 }],
  ])('refuses the receipt %s', async (_name, segment) => {
    const client = scriptedClient(restSample('pipeline-segment'));
    await expect(putPipelineSegment(client, { ...segment, artifact, range: { start: 0, end: 1 } })).rejects.toMatchObject({ code: 'unexpected-shape' });
  });
});

describe('the other calls', () => {
  const scan = restSample('pipeline-scan-created');

  it.each([
    ['startPipelineScan', startPipelineScan, 'PUT', { scan_status: 'STARTED' }, 'pipeline-start'],
    ['cancelPipelineScan', cancelPipelineScan, 'PUT', { scan_status: 'CANCELLED' }, 'rest'],
    ['getPipelineScan', getPipelineScan, 'GET', null, 'rest'],
  ] as const)('%s', async (_name, act, method, body, limitClass) => {
    const client = scriptedClient(scan);
    await expect(act(client, { scanId: SCAN_ID })).resolves.toMatchObject({ scanId: SCAN_ID });
    const [request] = client.requests;
    const text = request === undefined ? '' : await bodyText(request);
    expect([request?.method, request?.url.href, text === '' ? null : JSON.parse(text), request?.operation.limitClass]).toEqual([method, `${BASE}/${SCAN_ID}`, body, limitClass]);
    await expect(act(scriptedClient(scan), { scanId: 'other' })).rejects.toMatchObject({ code: 'unexpected-shape' });
  });

  it.each([
    ['PENDING', 'pending'],
    ['STARTED', 'started'],
    ['SUCCESS', 'success'],
    ['FAILURE', 'failure'],
    ['CANCELLED', 'cancelled'],
    ['TIMEOUT', 'timeout'],
    ['USER_TIMEOUT', 'user-timeout'],
    ['success', 'unknown'],
    ['constructor', 'unknown'],
  ])('the word %s is %s', async (word, status) => {
    const client = scriptedClient(scan.replace('"UPLOADING"', `"${word}"`));
    await expect(getPipelineScan(client, { scanId: SCAN_ID })).resolves.toMatchObject({ status, statusText: word });
  });

  it('findings are null while there are none, whatever the body says', async () => {
    await expect(getPipelineFindings(scriptedClient(answerOf(202, '')), { scanId: SCAN_ID })).resolves.toBeNull();
    await expect(getPipelineFindings(scriptedClient(answerOf(202, restSample('pipeline-results'))), { scanId: SCAN_ID })).resolves.toBeNull();
    await expect(getPipelineFindings(scriptedClient(restSample('pipeline-results')), { scanId: SCAN_ID })).resolves.toMatchObject({ scanId: SCAN_ID, findings: { length: 5 } });
  });
});

function answerOf(status: number, body: string): () => Promise<ReturnType<typeof answer>> {
  return () => Promise.resolve(answer(status, body));
}
