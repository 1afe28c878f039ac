import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { readReport } from '../../test/read-report.js';
import { CODE_INSIGHTS, type CodeInsights } from '../../test/readers/code-insights.js';
import { generatedFindings, RUNS_WITHOUT_RESULTS, scaFinding } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';

async function codeInsights(input: ReportInput): Promise<CodeInsights> {
  return JSON.parse(await readReport('code-insights', input)) as CodeInsights;
}

describe('code-insights', () => {
  it('keeps the limits of the API for runs without results', async () => {
    const files = await Promise.all(RUNS_WITHOUT_RESULTS.map(async ([name, input]) => [name, await readReport('code-insights', input())] as const));
    expect(await CODE_INSIGHTS.faults(new Map(files))).toEqual([]);
  });


  it('annotates the findings that count first, the highest severity first, and tells what was cut', async () => {
    const { report, annotations } = await codeInsights(reportInput(generatedFindings(10_000)));
    expect(annotations.map((call) => call.length)).toEqual(Array.from({ length: 10 }, () => 100));
    const order = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
    const ranks = annotations.flat().map(({ severity }) => order.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(annotations.flat().every(({ result }) => result === 'FAILED')).toBe(true);
    expect(report.details).toContain('Of 8750 findings the 1000 most important are annotated; 7750 are left out.');
  });

  it('never lets a settled finding take the place of one that counts', async () => {
    const settled = Array.from({ length: 1200 }, (_, index) => sampleFinding({ id: `s${String(index)}`, severity: 5, standing: 'mitigated' }));
    const { annotations } = await codeInsights(reportInput([...settled, sampleFinding({ id: 'low', severity: 1 })]));
    expect(annotations.flat()).toHaveLength(1000);
    expect(annotations[0]?.[0]).toMatchObject({ external_id: 'verapipe-low', severity: 'LOW', result: 'FAILED' });
    expect(annotations[0]?.[1]).toMatchObject({ severity: 'CRITICAL', result: 'IGNORED' });
  });

  it('counts what the results count', async () => {
    const findings = generatedFindings(800);
    const { report, annotations } = await codeInsights(reportInput(findings));
    const there = findings.filter(({ standing }) => standing !== 'fixed');
    const open = there.filter(({ mitigation }) => mitigation.state !== 'accepted');
    const counting = there.filter(({ standing }) => standing === 'open');
    expect(annotations.flat()).toHaveLength(there.length);
    expect(Object.fromEntries(report.data.map(({ title, value }) => [title, value]))).toEqual({
      'Open findings': open.length,
      'Very High': open.filter(({ severity }) => severity === 5).length,
      High: open.filter(({ severity }) => severity === 4).length,
      Medium: open.filter(({ severity }) => severity === 3).length,
      Low: open.filter(({ severity }) => severity === 2).length,
      'Very Low': open.filter(({ severity }) => severity === 1).length,
      Informational: open.filter(({ severity }) => severity === 0).length,
      'Findings that do not count': there.length - counting.length,
    });
  });

  it.each<readonly [finding: JudgedFinding, place: object]>([
    [sampleFinding(), { path: 'src/OrderDao.java', line: 117 }],
    [sampleFinding({ location: { ...sampleFinding().location, repositoryPath: 'web/src/OrderDao.java', line: 0 } }), { path: 'web/src/OrderDao.java' }],
    [scaFinding(), {}],
  ])('places an annotation where the file is, if there is one', async (finding, place) => {
    const { annotations } = await codeInsights(reportInput([finding]));
    const { path, line } = annotations[0]?.[0] ?? {};
    expect({ path, line }).toEqual({ path: undefined, line: undefined, ...place });
  });

  it.each<readonly [verdict: ScanResults['verdict'], result: string | undefined]>([
    ['pass', 'PASSED'],
    ['warn', 'PASSED'],
    ['fail', 'FAILED'],
    ['none', undefined],
  ])('says of the verdict %s: %s', async (verdict, result) => {
    expect((await codeInsights(reportInput([], { verdict }))).report.result).toBe(result);
  });

  it('says that a run failed, and why', async () => {
    const [, failed] = RUNS_WITHOUT_RESULTS[0] ?? [];
    const { report, annotations } = await codeInsights(failed?.() ?? reportInput([]));
    expect(report).toMatchObject({ result: 'FAILED', data: [] });
    expect(report.details).toContain('The scan came to no results (no-credentials): No API credentials were found.');
    expect(annotations).toEqual([]);
  });

  it('calls no run without results passed', async () => {
    const results = await Promise.all(RUNS_WITHOUT_RESULTS.map(async ([, input]) => (await codeInsights(input())).report.result));
    expect(new Set(results)).toEqual(new Set(['FAILED', 'PENDING']));
  });
});
