import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { earlierRuns, manyFindings } from '../../../test/shop-findings.js';
import { HOSTILE_TEXTS } from '../../../test/hostile-texts.js';
import { reportInput } from '../../../test/report-input.js';
import { NOTHING, PENDING, sampleFinding, sampleResults } from '../../../test/samples.js';
import { renderReport } from '../../report-formats.js';
import type { ReportInput } from '../../report.js';
import { findingOf, type FindingRow } from './finding-row.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-assets.js';
import { visibleText } from '../../visible-text.js';

const FORMATS = ['html', 'html-static'] as const;
type Format = (typeof FORMATS)[number];

async function pieces(format: Format, input: ReportInput): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const piece of (await renderReport(format, input)) ?? []) all.push(piece);
  return all;
}

async function page(format: Format, input: ReportInput): Promise<string> {
  return (await pieces(format, input)).join('');
}

/** Findings as the page's script will read them. */
function findingsOf(html: string): readonly JudgedFinding[] {
  const blocks = [...html.matchAll(/<script type="application\/json" class="findings">(.*?)<\/script>/gsu)];
  return blocks.flatMap(([, json = '']) => (JSON.parse(json) as readonly FindingRow[]).map(findingOf));
}

function count(html: string, part: string | RegExp): number {
  return html.split(part).length - 1;
}

describe('html and html-static', () => {
  describe.each(FORMATS)('%s', (format) => {
    it('gives equal bytes for equal input', async () => {
      const input = { ...reportInput(manyFindings(60)), earlier: earlierRuns(4) };
      expect(await page(format, input)).toBe(await page(format, input));
    });

    it.each([0, 1, 10_000])('tells %d findings by severity', async (size) => {
      const input = reportInput(manyFindings(size));
      const html = await page(format, input);
      expect(html).toContain(size === 0 ? '<h2>No findings</h2>' : `<h2>${size === 1 ? '1 finding' : '10,000 findings'}</h2>`);
      for (const [severity, all] of Object.entries(input.tally.bySeverity)) {
        const row = new RegExp(`class="severity s${severity}">[^<]*</span></th><td>([\\d,]+)</td><td>([\\d,]+)</td>`, 'u').exec(html);
        if (size > 0) expect([row?.[1], row?.[2]].map((text) => Number(text?.replace(',', '')))).toEqual([input.tally.openBySeverity[Number(severity) as 0], all]);
      }
    });

    it('says loudly that a run failed, and nothing of a clean scan', async () => {
      const html = await page(format, { ...reportInput([]), results: sampleResults({ ...NOTHING, failure: { exitCode: 5, code: 'platform-down', message: 'The platform did not answer.', advice: 'Try again later.' } }) });
      expect(html).toContain('<title>RUN FAILED: Veracode findings</title>');
      expect(html).toContain('The run failed, and this is not a clean scan');
      expect(html).toContain('The platform did not answer.');
      expect(html).toContain('Try again later.');
      expect(html).toContain('Exit code 5, <code>platform-down</code>');
      expect(html).not.toContain('No findings<');
    });

    it('says that a submitted scan has no results yet', async () => {
      const html = await page(format, { ...reportInput([]), results: sampleResults(PENDING) });
      expect(html).toContain('<title>NOT JUDGED: Web shop</title>');
      expect(html).toContain('There are no results, and this is not a clean scan');
      expect(html).not.toContain('No findings<');
    });

    it('tells gates, decisions, states and what the run was', async () => {
      const proof = sampleResults().proof;
      const waivers = [{ path: 'waivers.yml', sha256: 'a', findings: 2, warnings: ['The waiver of ann has expired.'] }];
      const html = await page(format, reportInput(manyFindings(140), { proof: proof && { ...proof, waivers, baseline: { path: 'known.json', sha256: 'b', scanId: '17400', known: 8, knownBy: { exact: 5, id: 0, near: 3 }, goneBySeverity: { 0: 0, 1: 0, 2: 0, 3: 3, 4: 1, 5: 0 } } } }));
      expect(html).toMatch(/Changes:<\/span> <b>\d+<\/b> new, <b>4<\/b> fixed\. New and fixed: compared with the baseline known\.json \(scan 17400\)/u);
      expect(html).toContain('FAIL: policy scan &quot;gitlab web/shop 48211 scan 1/2&quot; (build 17501)');
      expect(html).toContain('The policy is Did Not Pass.');
      expect(html).toContain('Waivers of <code>waivers.yml</code> covered 2 findings.');
      expect(html).toContain('The waiver of ann has expired.');
      expect(html).toContain('8 are known from <code>known.json</code> (scan 17400): 5 exact, 3 near.');
      expect(html).toMatch(/Status:<\/span> New <b>\d+<\/b>, Open <b>\d+<\/b>, Reopened <b>\d+<\/b>, Fixed <b>\d+<\/b>/u);
      expect(html).toContain('1 of 2 findings have none here although they were asked for. The platform did not answer.');
    });

    it('draws a trend of runs with results, and tells of those without', async () => {
      const html = await page(format, { ...reportInput(manyFindings(30)), earlier: earlierRuns(5) });
      expect(html).toContain('since 2026-11-01 09:30 UTC. 1 run without results is left out.');
      expect(count(/<svg class="chart".*?<\/svg>/su.exec(html)?.[0] ?? '', '<g>')).toBe(5);
      expect(await page(format, reportInput(manyFindings(30)))).not.toContain('<h2>Trend</h2>');
    });

    it('draws the last thirty of many runs', async () => {
      const html = await page(format, { ...reportInput(manyFindings(3)), earlier: [...earlierRuns(20), ...earlierRuns(20)] });
      expect(html).toContain('The last 30 of 39 runs.');
      expect(count(/<svg class="chart".*?<\/svg>/su.exec(html)?.[0] ?? '', '<g>')).toBe(30);
    });

    it('holds one finding at a time', async () => {
      const findings = manyFindings(2000);
      const parts = await pieces(format, reportInput(findings));
      const overviewSize = Math.max(...(await pieces(format, reportInput(findings.slice(0, 1)))).map(({ length }) => length));
      expect(parts.length).toBeGreaterThan(findings.length);
      expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(overviewSize + 4000);
    });
  });
});

describe('addresses', () => {
  it.each(FORMATS)('of %s are without the tokens that CI systems put into them', async (format) => {
    const { ci } = sampleResults();
    const html = await page(format, reportInput(manyFindings(3), { ci: ci && { ...ci, repositoryUrl: 'https://ci-token:hunter2@gitlab.example/web/shop.git', runUrl: 'https://hunter2@gitlab.example/run' } }));
    expect(html).not.toContain('hunter2');
    expect(html).toContain('https://gitlab.example/web/shop.git');
  });

  it('of weaknesses are shown by the name that people use', async () => {
    const html = await page('html-static', reportInput([sampleFinding({ category: null })]));
    expect(html).toContain('<summary><b>SQL Injection</b>');
  });
});

describe('html', () => {
  it.each([0, 1, 499, 500, 501, 1300])('carries %d findings to its script unchanged', async (size) => {
    const findings = manyFindings(size);
    expect(findingsOf(await page('html', reportInput(findings)))).toEqual(findings);
  });

  it.each(HOSTILE_TEXTS)('carries %s to its script as text', async (_name, text) => {
    const [finding] = findingsOf(await page('html', reportInput([sampleFinding({ description: text })])));
    expect(finding?.description).toBe(visibleText(text));
  });

  it('allows its own script and style, by their hashes, and nothing else', async () => {
    const html = await page('html', reportInput(manyFindings(3)));
    const policy = /Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1] ?? '';
    const hash = (element: string): string => `&#39;sha256-${createHash('sha256').update(new RegExp(`<${element}>(.*?)</${element}>`, 'su').exec(html)?.[1] ?? '').digest('base64')}&#39;`;
    expect(policy).toBe(`default-src &#39;none&#39;; script-src ${hash('script')}; style-src ${hash('style')}; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;`);
    expect(html).not.toMatch(/<[^>]+ style=/u);
  });

  it('has a script and a style that end where they should', () => {
    expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--/iu);
    expect(PAGE_STYLE).not.toMatch(/<\//u);
  });
});

describe('html-static', () => {
  it('lists every finding once, worst first, without script and style', async () => {
    const findings = manyFindings(300);
    const html = await page('html-static', reportInput(findings));
    const severities = [...html.matchAll(/<h2 id="severity-(\d)">/gu)].map(([, severity]) => Number(severity));
    expect(severities).toEqual([5, 4, 3, 2, 1, 0]);
    const ids = [...html.matchAll(/<dt>Id<\/dt><dd>([^<]*)<\/dd>/gu)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual(findings.map(({ id }) => id).toSorted());
    expect(html).not.toMatch(/<script|<style|<[^>]+ style=/u);
  });

  it('tells data path, guidance, waiver and mitigation of a finding', async () => {
    const html = await page('html-static', reportInput([
      sampleFinding({
        dataPaths: [{ steps: [{ file: 'a.java', repositoryPath: 'src/a.java', line: 3, function: 'in' }, { file: null, repositoryPath: null, line: null, function: null }] }],
        mitigation: { state: 'proposed', reason: 'Mitigate by Design', approver: 'dana' },
        waiver: { reason: 'soon gone', owner: 'ann', expires: '2027-01-31' },
        standing: 'waived',
      }),
    ]));
    expect(html).toContain('<li><code><a href="https://gitlab.example/web/shop/-/blob/c0ffee/src/a.java#L3" rel="noreferrer noopener">src/a.java:3</a></code> in <code>in</code></li>\n<li><code>No file is known</code></li>');
    expect(html).toContain('Use prepared statements');
    expect(html).toContain('<a href="https://cwe.mitre.org/data/definitions/89.html"');
    expect(html).toContain('<dd>soon gone (ann, until 2027-01-31)</dd>');
    expect(html).toContain('<dd>Proposed, Mitigate by Design, by dana</dd>');
  });
});
