import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { sampleFinding } from '../test/samples.js';
import { renderFindingsTable } from './findings-table.js';
import { columnsOf } from './printable.js';
import { createTopFindingsCollector, type TopFindings } from './top-findings.js';

/** Of findings that nobody judged, unless they say otherwise. */
function top(findings: readonly Partial<JudgedFinding>[], limit = 10): TopFindings {
  const collector = createTopFindingsCollector(limit);
  for (const finding of findings) collector.add(sampleFinding({ standing: null, ...finding }));
  return collector.top();
}

const LONG_PATH = 'src/main/java/com/example/shop/orders/persistence/OrderDao.java';

describe('renderFindingsTable', () => {
  it('aligns its columns, worst finding first', () => {
    const table = renderFindingsTable(
      top([
        { severity: 3, cwe: 117, category: 'CRLF Injection', affectsPolicy: false },
        { severity: 5, cwe: 78, category: 'Command or Argument Injection', location: { ...sampleFinding().location, line: null } },
      ]),
      { width: 100 },
    );
    expect(table).toBe(
      [
        'SEVERITY   CWE  WHERE                  WHAT                           POLICY',
        'Very High   78  src/OrderDao.java      Command or Argument Injection  violated',
        'Medium     117  src/OrderDao.java:117  CRLF Injection',
        '',
      ].join('\n'),
    );
  });

  it('shows where a finding lies in the repository, where that is known', () => {
    const location = { ...sampleFinding().location, repositoryPath: 'shop/src/main/OrderDao.java' };
    const table = renderFindingsTable(top([{ id: '1', location }, { id: '2', location: { ...location, line: null } }, { id: '3', cwe: 90 }]), { width: 120 });
    expect(table.match(/\S+\.java\S*/gu)).toEqual(['shop/src/main/OrderDao.java', 'shop/src/main/OrderDao.java:117', 'src/OrderDao.java:117']);
  });

  it.each([60, 80, 100, 200])('keeps within %p columns', (width) => {
    const findings = [{ location: { ...sampleFinding().location, file: LONG_PATH }, category: 'データベース'.repeat(20) }, {}];
    const lines = renderFindingsTable(top(findings), { width }).split('\n');
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(width);
    expect(lines.some((line) => line.includes('Dao.java:117'))).toBe(true);
  });

  it('says how many it leaves out', () => {
    const findings = Array.from({ length: 5 }, (_, index) => ({ id: String(index) }));
    expect(renderFindingsTable(top(findings, 2), { width: 80 })).toMatch(/\n… and 3 more\n$/u);
  });

  it('is empty when nothing is open', () => {
    expect(renderFindingsTable(top([{ status: 'fixed' }]), { width: 80 })).toBe('');
  });

  it('shows a component with its version and vulnerability', () => {
    const component = { id: null, fileName: 'log4j-core.jar', version: '2.14.0', vulnerabilityId: 'CVE-2021-44228', cvss: 10, licences: [] };
    expect(renderFindingsTable(top([{ kind: 'sca', component }]), { width: 100 })).toContain('log4j-core.jar 2.14.0  CVE-2021-44228');
  });

  it.each([
    ['category', { category: 'x\u001b[2Jx' }],
    ['file', { location: { ...sampleFinding().location, file: 'x\u001b[2Jx' } }],
    ['file of the repository', { location: { ...sampleFinding().location, repositoryPath: 'x\u001b[2Jx' } }],
  ])('takes the sting out of a hostile %s', (_name, facts) => {
    expect(renderFindingsTable(top([facts]), { width: 100 })).toContain('x\ufffd[2Jx');
  });

  it('paints the severity only', () => {
    const paint = (severity: number, text: string): string => `<${severity}>${text}</>`;
    expect(renderFindingsTable(top([{}]), { width: 100, paint })).toContain('<4>High    </>   89');
  });
});

describe('createTopFindingsCollector', () => {
  it('keeps the worst, and counts what is open and what there is', () => {
    const collected = top(
      [
        { id: 'low', severity: 1 },
        { id: 'mitigated, judged by nobody', severity: 5, mitigation: { state: 'accepted', reason: null, approver: null } },
        { id: 'known', severity: 5, standing: 'known' },
        { id: 'waived', severity: 5, standing: 'waived' },
        // Whoever judged it knows better than the platform's word.
        { id: 'mitigated, and judged to count', severity: 5, standing: 'open', mitigation: { state: 'accepted', reason: null, approver: null } },
        { id: 'proposed', severity: 5, mitigation: { state: 'proposed', reason: null, approver: null } },
        { id: 'medium', severity: 3 },
        { id: 'outside the policy', severity: 4, affectsPolicy: false },
        { id: 'against the policy', severity: 4 },
      ],
      4,
    );
    expect(collected.findings.map((finding) => finding.id)).toEqual(['mitigated, and judged to count', 'proposed', 'against the policy', 'outside the policy']);
    expect(collected).toMatchObject({ open: 6, total: 9 });
  });

  it('gives the same order whatever the order of arrival', () => {
    const findings = Array.from({ length: 12 }, (_, index) =>
      sampleFinding({ id: String(index % 6), severity: index % 2 === 0 ? 2 : 4, cwe: index % 3 === 0 ? null : index }),
    );
    expect(top(findings.toReversed(), 8).findings).toEqual(top(findings, 8).findings);
  });
});
