import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { downloadDetailedReport, downloadSummaryReport } from './reports.js';

const BASE = 'POST https://analysiscenter.veracode.com/api';
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-report-'));
  file = join(folder, 'report.xml');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('downloads', () => {
  it.each([
    ['detailed', downloadDetailedReport, 'detailedreport.server', '/5.0/detailedreport.do'],
    ['summary', downloadSummaryReport, 'summaryreport.plain', '/4.0/summaryreport.do'],
  ] as const)('write a %s report byte by byte', async (_name, download, sample, path) => {
    const client = scriptedClient(xmlSample(sample));
    await expect(download(client, { buildId: '5000001', file })).resolves.toMatchObject({ path: file });
    await expect(readFile(file)).resolves.toEqual(xmlSample(sample));
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}${path}`, build_id: '5000001' });
  });

  it.each([
    ['error-no-report.server', 'RefusedError', 'refused'],
    ['error-access-denied.server', 'AuthorizationError', 'access-denied'],
    ['summaryreport.server', 'ProtocolError', 'unexpected-document'],
    ['buildinfo-pass.server', 'ProtocolError', 'unexpected-document'],
  ])('write nothing after %s', async (sample, name, code) => {
    const failure = downloadDetailedReport(scriptedClient(xmlSample(sample)), { buildId: '5000001', file });
    await expect(failure).rejects.toMatchObject({ name, code, context: { operation: 'detailedreport.do' } });
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  it('write nothing when the answer is cut', async () => {
    const whole = xmlSample('detailedreport.server');
    const failure = downloadDetailedReport(scriptedClient(whole.subarray(0, whole.length / 2)), { buildId: '5000001', file });
    await expect(failure).rejects.toMatchObject({ name: 'ProtocolError', code: 'malformed-xml', outcome: 'unknown' });
    await expect(readdir(folder)).resolves.toEqual([]);
  });
});
