import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { PACKAGE } from './package-files.js';

interface Judgement {
  readonly judgeReport: (status: number, report: { readonly result?: unknown } | null) => { readonly success: boolean; readonly message: string };
}

const { judgeReport } = (await import(pathToFileURL(join(PACKAGE, 'examples', 'merge-check', 'src', 'judge-report.js')).href)) as Judgement;

describe('the merge check', () => {
  it.each<[status: number, report: { readonly result?: unknown } | null, success: boolean, message: string]>([
    [200, { result: 'PASSED' }, true, 'passed'],
    [200, { result: 'FAILED' }, false, 'did not pass'],
    [200, { result: 'PENDING' }, false, 'not judged yet'],
    [200, {}, false, 'did not pass'],
    [404, null, false, 'has no report'],
    [500, null, false, 'could not be read (500)'],
  ])('of %p %j: %p', (status, report, success, message) => {
    expect(judgeReport(status, report)).toEqual({ success, message: expect.stringContaining(message) });
  });

  it('calls a function that is there', () => {
    const { modules } = parse(readFileSync(join(PACKAGE, 'examples', 'merge-check', 'manifest.yml'), 'utf8')) as { readonly modules: Readonly<Record<string, readonly { readonly key: string; readonly function: string; readonly handler: string }[]>> };
    const [check] = modules['bitbucket:mergeCheck'] ?? [];
    const handler = modules['function']?.find(({ key }) => key === check?.function)?.handler;
    const [file = '', name = ''] = handler?.split('.') ?? [];
    expect(readFileSync(join(PACKAGE, 'examples', 'merge-check', 'src', `${file}.js`), 'utf8')).toContain(`export async function ${name}(`);
  });
});
