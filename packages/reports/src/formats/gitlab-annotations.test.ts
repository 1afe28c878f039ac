import { describe, expect, it } from '@jest/globals';

import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding, sampleResults } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import { renderReport, tellsIncomplete } from '../report-formats.js';
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

  describe('where nothing can be linked to', () => {
    const nowhere: Partial<ScanResults> = { ci: null, platform: null, scan: null };
    const partial: ReportInput = { ...reportInput([sampleFinding()], nowhere), incomplete: 'It is one page of two.' };

    it('are none, of a run with results', async () => {
      expect(await linksOf(reportInput([sampleFinding()], nowhere))).toEqual({ Veracode: [] });
    });

    it('are not written for a run without results: nobody would be told of it', async () => {
      expect(await renderReport('gitlab-annotations', reportInput([], NOTHING))).toBeNull();
    });

    it('do not claim to tell that findings are missing', async () => {
      expect(await linksOf(partial)).toEqual({ Veracode: [] });
      expect(await tellsIncomplete('gitlab-annotations', partial)).toBe(false);
    });

    it('claim nothing where nobody says which run it is', async () => {
      expect(await tellsIncomplete('gitlab-annotations')).toBe(false);
    });
  });

  it('tell that findings are missing where there is a link, and say so', async () => {
    const partial: ReportInput = { ...reportInput([sampleFinding()]), incomplete: 'It is one page of two.' };
    expect(JSON.stringify(await linksOf(partial))).toContain('. Findings are missing. 1 finding: ');
    expect(await tellsIncomplete('gitlab-annotations', partial)).toBe(true);
  });

  it('have the counts in their text, however long the names are', async () => {
    const [application, scan] = [{ id: '101', name: 'Web shop '.repeat(100), created: false }, sampleResults().scan];
    expect(JSON.stringify(await linksOf(reportInput([sampleFinding()], { application, scan })))).toContain('…. 1 finding: 1 High; 1 against the policy.');
  });
});
