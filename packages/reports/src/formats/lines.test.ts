import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { rowsOf } from '../../test/readers/csv.js';
import { reportInput } from '../../test/report-input.js';
import { sampleFinding, sampleResults } from '../../test/samples.js';
import { renderReport } from '../report-formats.js';

async function text(format: 'csv' | 'ndjson', findings: readonly JudgedFinding[]): Promise<string> {
  const pieces = await renderReport(format, reportInput(findings));
  let whole = '';
  if (pieces !== null) for await (const piece of pieces) whole += piece;
  return whole;
}

describe('csv', () => {
  it('has a header, and a row for each finding', async () => {
    const [header = [], first, ...others] = rowsOf(await text('csv', [sampleFinding({ id: '1' }), sampleFinding({ id: '2' })]));
    const row = Object.fromEntries(header.map((name, index) => [name, first?.[index]]));
    expect(row).toMatchObject({ id: '1', kind: 'static', severity: '4', severity_name: 'High', cwe: '89', file: 'src/OrderDao.java', line: '117', affects_policy: 'true', standing: 'open', waiver_owner: '' });
    expect(others).toHaveLength(1);
  });

  it('has the file of the repository, and the licences of a component', async () => {
    const location = { ...sampleFinding().location, repositoryPath: 'shop/src/OrderDao.java' };
    const component = { id: 'c', fileName: 'a.jar', version: '1', vulnerabilityId: 'CVE-2026-0001', cvss: 5, licences: [{ name: '=MIT', risk: 2 }, { name: 'Own', risk: null }] };
    const [header = [], row] = rowsOf(await text('csv', [sampleFinding({ location, component })]));
    expect(Object.fromEntries(header.map((name, index) => [name, row?.[index]]))).toMatchObject({ repository_path: 'shop/src/OrderDao.java', file: 'src/OrderDao.java', licences: "'=MIT (risk 2); Own" });
  });

  it('puts what some spreadsheets take for a separator in quotes', async () => {
    expect(await text('csv', [sampleFinding({ description: 'a;=1' })])).toContain(',"a;=1"\r\n');
  });

  it('is a header alone without findings', async () => {
    expect(rowsOf(await text('csv', []))).toHaveLength(1);
  });

  it.each([
    ['=HYPERLINK("http://evil")', `'=HYPERLINK("http://evil")`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['\n=1', "'\n=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    ['a;=1', 'a;=1'],
    ['\u202E=1', '\uFFFD=1'],
    ['a\u2066b\u200Fc', 'a\uFFFDb\uFFFDc'],
    ['a,b', 'a,b'],
    ['two\r\nlines', 'two\r\nlines'],
    ['say "x"', 'say "x"'],
    ['half \uD800 pair', 'half \uFFFD pair'],
    ['\u0000=1', "'=1"],
    ['\u001B[31mred', '[31mred'],
  ])('makes %j harmless, and keeps it in one cell', async (description, cell) => {
    const rows = rowsOf(await text('csv', [sampleFinding({ description })]));
    expect(rows).toHaveLength(2);
    expect(rows[1]?.at(-1)).toBe(cell);
  });
});

describe('ndjson', () => {
  it('has findings as the results have them, one a line', async () => {
    const findings = [sampleFinding({ description: 'two\nlines' }), sampleFinding({ id: '8' })];
    const lines = (await text('ndjson', findings)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(findings);
  });
});

describe('ndjson of text that breaks readers', () => {
  it.each([['half \uD800 pair', 'half \uFFFD pair'], ['\uDC00', '\uFFFD'], ['\u0000\u001B[31m', '[31m']])('writes %j as every reader takes it', async (description, taken) => {
    const line = await text('ndjson', [sampleFinding({ description })]);
    expect(line).not.toMatch(/\\u|\p{Surrogate}/u);
    expect(JSON.parse(line)).toEqual(sampleFinding({ description: taken }));
  });
});

/** Marks that turn the direction of writing, and marks without width. */
const HIDING = ['\u202E', '\u202A', '\u2066', '\u2069', '\u200E', '\u200F', '\u061C', '\u200B', '\uFEFF'];

describe('text that hides or turns around', () => {
  it.each(['csv', 'cyclonedx-vex', 'sonar', 'code-insights', 'gitlab-code-quality', 'gitlab-sast', 'gitlab-dependency-scanning', 'sarif', 'junit', 'html', 'html-static', 'markdown'] as const)('does not get into %s', async (format) => {
    for (const mark of HIDING) {
      const word = `cod${mark}e`;
      const location = { module: word, file: `src/${word}.java`, repositoryPath: `src/${word}.java`, line: 3, function: word, url: word, parameter: word };
      const facts = { id: word, cweName: word, category: word, description: word, location, mitigation: { state: 'proposed', reason: word, approver: word }, waiver: { reason: word, owner: word, expires: word }, dataPaths: [{ steps: [{ file: word, repositoryPath: `src/${word}`, line: 2, function: word }] }] } as const;
      const component = { id: word, fileName: word, version: word, vulnerabilityId: word, cvss: 5, licences: [{ name: word, risk: 1 }] };
      const results = { application: { id: word, name: word, created: false }, sandbox: { id: word, name: word, created: false } };
      let whole = '';
      for await (const piece of (await renderReport(format, reportInput([sampleFinding(facts), sampleFinding({ ...facts, kind: 'sca', component, standing: 'waived' })], results))) ?? []) whole += piece;
      const escaped = `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
      expect({ format, mark: escaped, holds: whole.includes(word) || whole.toLowerCase().includes(escaped) }).toEqual({ format, mark: escaped, holds: false });
    }
  });
});

describe('renderReport', () => {
  it.each(['csv', 'ndjson'] as const)('writes no %s of a run without results, which would look like a clean scan', async (format) => {
    const input = { ...reportInput([]), results: sampleResults({ counts: null, verdict: 'none' }) };
    expect(await renderReport(format, input)).toBeNull();
  });
});
