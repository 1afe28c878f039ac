import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CodeInsights, createCodeInsights } from '../src/code-insights/code-insights.js';
import { finalDocument, type InsightsDocument } from '../src/code-insights/insights-document.js';
import { reportPlace, type ReportPlace } from '../src/code-insights/report-place.js';
import { readVariables } from '../src/variables/read-variables.js';
import { type BitbucketApi, REPOSITORY, startBitbucketApi } from './bitbucket-api.js';

const TOKEN = 'made-up-token';

let api: BitbucketApi;
let folder: string;
let said: string[];

beforeAll(async () => {
  api = await startBitbucketApi(`Bearer ${TOKEN}`);
  folder = await mkdtemp(join(tmpdir(), 'verapipe-code-insights-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  api.reset();
  said = [];
});

function placeOf(variables: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = REPOSITORY): ReturnType<typeof reportPlace> {
  return reportPlace(readVariables({ ...variables }), env, null);
}

function place(variables: Readonly<Record<string, string>> = {}): ReportPlace {
  const found = placeOf({ CODE_INSIGHTS_TOKEN: TOKEN, CODE_INSIGHTS_URL: api.url, CODE_INSIGHTS_ID: 'own', ...variables });
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

const REPORT = { title: 'Veracode policy scan', details: 'It passed.', report_type: 'SECURITY', result: 'PASSED', data: [] };

function documentOf(batches: readonly number[], report: object = {}): InsightsDocument {
  let count = 0;
  const annotations = batches.map((length) => Array.from({ length }, () => ({ external_id: `f-${(count += 1)}`, annotation_type: 'VULNERABILITY', summary: 'High: x' })));
  return { report: { ...REPORT, ...report }, annotations };
}

function insightsOf(file: string, where = place()): CodeInsights {
  return createCodeInsights(where, { file, say: (line) => said.push(line), pausesMs: [0, 0] });
}

async function finish(document: InsightsDocument | string, exitCode = 0, where = place()): Promise<void> {
  const file = join(folder, 'code-insights.json');
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
  await insightsOf(file, where).finish(exitCode);
}

describe('a report that is sent with a token', () => {
  it('is whole, in as many calls as the API wants', async () => {
    await insightsOf(join(folder, 'none.json')).begin();
    expect(api.report('own')?.report).toMatchObject({ result: 'PENDING', external_id: 'own' });
    await finish(documentOf([100, 100, 7]));
    expect(api.report('own')?.annotations.size).toBe(207);
    expect(api.report('own')?.report).toEqual({ ...REPORT, external_id: 'own' });
    expect(api.calls).toEqual(['PUT own 200', 'GET own/annotations 200', 'PUT own 200', ...Array<string>(3).fill('POST own/annotations 200')]);
    expect(said).toEqual(['Code Insights: report own sent: PASSED, 207 annotations.']);
  });

  it('takes the place of an earlier one with its annotations, and of one without in place', async () => {
    await finish(documentOf([3]));
    await finish(documentOf([1]));
    expect([...(api.report('own')?.annotations.keys() ?? [])]).toEqual(['f-1']);
    expect(api.calls.slice(3)).toEqual(['GET own/annotations 200', 'DELETE own 204', 'PUT own 200', 'POST own/annotations 200']);
  });

  it('is deleted as well where nobody can tell how many annotations there are', async () => {
    await finish(documentOf([2]));
    api.failNext('GET', [{ status: 200, body: '<html>' }]);
    await finish(documentOf([]));
    expect(api.report('own')?.annotations.size).toBe(0);
  });

  it.each([429, 500, 503])('is sent again after %p, in spite of what was there', async (status) => {
    api.failNext('PUT', [{ status, retryAfter: '0' }, { status }]);
    await finish(documentOf([1]));
    expect(api.report('own')?.annotations.size).toBe(1);
    expect(api.calls).toEqual(['GET own/annotations 404', `PUT own ${status}`, `PUT own ${status}`, 'PUT own 200', 'POST own/annotations 200']);
  });

  it.each<[name: string, method: string, answers: Parameters<BitbucketApi['failNext']>[1], reason: string]>([
    ['its own words', 'POST', [{ status: 400 }], 'Bitbucket answered 400 to POST of annotations: try again'],
    ['no words', 'PUT', [{ status: 403, body: 'not JSON' }], 'Bitbucket answered 403 to PUT of the report'],
    ['words that would act on a terminal', 'PUT', [{ status: 400, body: '{"error":{"message":"a\\u001b[31m\\nb"}}' }], 'Bitbucket answered 400 to PUT of the report: a [31m b'],
    ['patience that is spent', 'PUT', Array<{ status: number }>(3).fill({ status: 500 }), 'Bitbucket answered 500 to PUT of the report: try again'],
    ['a redirect', 'GET', [{ status: 302 }], 'Bitbucket answered 302 to GET of annotations: try again'],
  ])('that fails is told, with %s', async (_name, method, answers, reason) => {
    api.failNext(method, answers);
    await finish(documentOf([1]));
    expect(said).toEqual([`WARNING: Code Insights: the report was not sent whole: ${reason}. The result of the step stays as it is.`]);
  });

  it('never tells the token, not even where it is refused', async () => {
    await finish(documentOf([1]), 0, place({ CODE_INSIGHTS_TOKEN: 'another-token' }));
    await finish(documentOf([1]), 0, place({ CODE_INSIGHTS_TOKEN: 'a token\nof two lines' }));
    expect(said).toEqual([expect.stringContaining('answered 401'), expect.stringContaining('ERR_INVALID_CHAR')]);
    expect(said.join()).not.toMatch(/another-token|of two lines/u);
  });

  it('has the limits that the stand-in keeps', async () => {
    for (const [document, limit] of [
      [documentOf([101]), 'between 1 and 100'],
      [documentOf(Array<number>(11).fill(100)), 'at most 1000'],
      [documentOf([], { data: Array(11).fill({ title: 'x', value: 1 }) }), 'at most 10'],
      [documentOf([], { details: 'x'.repeat(2001) }), '1 to 2000'],
    ] as const) {
      api.reset();
      await finish(document);
      expect(said.pop()).toContain(limit);
    }
  });
});

describe('the document of a run', () => {
  it.each<[name: string, written: InsightsDocument | null, exitCode: number, result: string, details: string]>([
    ['passed', documentOf([1]), 0, 'PASSED', 'It passed.'],
    ['failed at a gate', documentOf([1], { result: 'FAILED' }), 1, 'FAILED', 'It passed.'],
    ['failed, and was only to report', documentOf([1], { result: 'FAILED' }), 0, 'FAILED', 'It passed.'],
    ['passed in a step that failed', documentOf([1]), 9, 'FAILED', 'The step ended with exit code 9: local trouble'],
    ['is pending in a step that failed', documentOf([], { result: 'PENDING' }), 130, 'FAILED', 'exit code 130: cancelled.\nIt passed.'],
    ['wrote nothing', null, 70, 'FAILED', 'exit code 70: our own bug, with how to report it. It wrote no report.'],
    ['wrote nothing and has an unknown code', null, 99, 'FAILED', 'The step ended with exit code 99. It wrote no report.'],
    ['wrote nothing and is green', null, 0, 'PENDING', 'It wrote no report.'],
  ])('that %s', (_name, written, exitCode, result, details) => {
    expect(finalDocument(written, exitCode).report).toMatchObject({ result, details: expect.stringContaining(details) });
  });

  it('never has longer details than the API takes', () => {
    expect(String(finalDocument(documentOf([], { details: 'x'.repeat(2000) }), 9).report['details'])).toHaveLength(2000);
  });

  it('that is none is one of a run that wrote nothing', async () => {
    await finish('{"report": 7}', 5);
    expect(api.report('own')?.report).toMatchObject({ result: 'FAILED', details: expect.stringContaining('It wrote no report') });
  });
});

describe('a file of an earlier run', () => {
  it('is not taken for one of this run', async () => {
    const file = join(folder, 'earlier.json');
    await writeFile(file, JSON.stringify(documentOf([1])));
    const insights = insightsOf(file);
    await insights.begin();
    await insights.finish(0);
    expect(api.report('own')).toMatchObject({ report: { result: 'PENDING' }, annotations: new Map() });
    await writeFile(file, JSON.stringify(documentOf([1, 1])));
    await insights.finish(0);
    expect(api.report('own')).toMatchObject({ report: { result: 'PASSED' } });
  });
});

describe('the place of a report', () => {
  it.each<[name: string, variables: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>, wanted: object]>([
    ['in a pipe', {}, { BITBUCKET_PIPE_STORAGE_DIR: '/x' }, { id: 'verapipe-scan', proxy: new URL('http://host.docker.internal:29418'), authorization: null }],
    ['in a step', { COMMAND: 'pipeline-scan' }, {}, { id: 'verapipe-pipeline-scan', proxy: new URL('http://localhost:29418') }],
    ['with an access token', { CODE_INSIGHTS_TOKEN: 't' }, {}, { proxy: null, authorization: 'Bearer t', url: new URL(`https://api.bitbucket.org/2.0/repositories/ann/shop/commit/${REPOSITORY.BITBUCKET_COMMIT}/reports/verapipe-scan`) }],
    ['with an API token', { CODE_INSIGHTS_TOKEN: 't', CODE_INSIGHTS_USER: 'ann@example.org' }, {}, { authorization: `Basic ${Buffer.from('ann@example.org:t').toString('base64')}` }],
    ['of a workspace that would be another path', {}, { BITBUCKET_WORKSPACE: '../x' }, { url: expect.objectContaining({ href: expect.stringContaining('/repositories/..%2Fx/shop/') }) }],
  ])('%s', (_name, variables, env, wanted) => {
    expect(placeOf(variables, { ...REPOSITORY, ...env })).toMatchObject(wanted);
  });

  it.each<[name: string, variables: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>, reason: string]>([
    ['outside of Bitbucket', {}, {}, 'the commit is not known (BITBUCKET_WORKSPACE, BITBUCKET_REPO_SLUG, BITBUCKET_COMMIT)'],
    ['with a proxy that is none', { CODE_INSIGHTS_PROXY: 'proxy:29418' }, REPOSITORY, 'CODE_INSIGHTS_PROXY is no address'],
    ['with an address that is none', { CODE_INSIGHTS_URL: 'here' }, REPOSITORY, 'CODE_INSIGHTS_URL is no address'],
    ['with an id that is a path', { CODE_INSIGHTS_ID: 'a/b' }, REPOSITORY, 'CODE_INSIGHTS_ID is not made of letters, digits, dots and dashes'],
  ])('is not known %s', (_name, variables, env, reason) => {
    expect(placeOf(variables, env)).toEqual({ reason });
  });
});
