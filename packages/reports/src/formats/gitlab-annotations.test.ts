import { describe, expect, it } from '@jest/globals';

import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding, sampleResults } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';

async function linksOf(input: ReportInput): Promise<unknown> {
  return JSON.parse((await reportText('gitlab-annotations', input)) ?? '');
}

describe('gitlab-annotations', () => {
  const url = sampleResults().scan?.url ?? '';

  it.each<[name: string, facts: Partial<ScanResults>, label: string, target: string]>([
    ['a judged scan', {}, 'FAIL: Veracode policy scan 17501 of Web shop. 1 finding: 1 High; 1 against the policy. 1 open.', url],
    ['a scan that nobody waited for', PENDING, 'NOT JUDGED: Veracode policy scan 17501 of Web shop. No findings were read.', url],
    ['a failed run, to the platform', { ...NOTHING, platform: sampleResults().platform }, 'NO VERDICT: Veracode. No API credentials were found.', 'https://analysiscenter.veracode.com/'],
    ['a failed run, to the job', { ...NOTHING, ci: sampleResults().ci }, 'NO VERDICT: Veracode. No API credentials were found.', 'https://gitlab.example/web/shop/-/pipelines/48211'],
  ])('link to %s', async (_name, facts, label, target) => {
    expect(await linksOf(reportInput([sampleFinding()], facts))).toEqual({ Veracode: [{ external_link: { label, url: target } }] });
  });

  it('are none where nothing can be linked to', async () => {
    expect(await linksOf(reportInput([], NOTHING))).toEqual({ Veracode: [] });
  });

  it('have the counts in their text, however long the names are', async () => {
    const [application, scan] = [{ id: '101', name: 'Web shop '.repeat(100), created: false }, sampleResults().scan];
    expect(JSON.stringify(await linksOf(reportInput([sampleFinding()], { application, scan })))).toContain('…. 1 finding: 1 High; 1 against the policy.');
  });
});
