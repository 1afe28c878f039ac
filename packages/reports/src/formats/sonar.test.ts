import { describe, expect, it } from '@jest/globals';

import { readReport } from '../../test/read-report.js';
import { readSonar, SONAR } from '../../test/readers/sonar.js';
import { generatedFindings, RUNS_WITHOUT_RESULTS, scaFinding } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { sampleFinding } from '../../test/samples.js';
import { renderReport } from '../report-formats.js';

describe('sonar', () => {
  it('has an issue for each finding that is there, and none for one that is settled', async () => {
    const findings = generatedFindings(800);
    const { issues } = readSonar(await readReport('sonar', reportInput(findings)));
    const there = findings.filter(({ standing }) => standing === 'open' || standing === 'known' || standing === 'in-grace');
    expect(issues).toHaveLength(there.length);
    expect(there.length).toBeLessThan(findings.length);
  });

  it('says what, where, how bad, and how the data gets there', async () => {
    const dataPaths = [{ steps: [{ file: 'Web.java', repositoryPath: 'src/Web.java', line: 9, function: 'doGet' }, { file: null, repositoryPath: null, line: null, function: 'x' }] }];
    const report = readSonar(await readReport('sonar', reportInput([sampleFinding({ severity: 5, dataPaths })])));
    expect(report).toEqual({
      rules: [expect.objectContaining({ id: 'CWE-89:5', name: 'SQL Injection (Very High)', severity: 'BLOCKER', impacts: [{ softwareQuality: 'SECURITY', severity: 'BLOCKER' }] })],
      issues: [
        {
          ruleId: 'CWE-89:5',
          primaryLocation: { message: 'Very High: SQL Injection. A query is put together from text.', filePath: 'src/OrderDao.java', textRange: { startLine: 117 } },
          secondaryLocations: [{ message: 'doGet', filePath: 'src/Web.java', textRange: { startLine: 9 } }],
        },
      ],
    });
  });

  it('makes a rule of each vulnerability of a component', async () => {
    const { rules, issues } = readSonar(await readReport('sonar', reportInput([scaFinding(), sampleFinding({ cwe: null, category: null })])));
    expect(rules.map(({ id }) => id)).toEqual(['CVE-2026-0001:4', 'other:4']);
    expect(issues).toHaveLength(2);
  });

  it.each(RUNS_WITHOUT_RESULTS)('is not written for %s: it would look like a clean scan', async (_name, input) => {
    expect(await renderReport('sonar', input())).toBeNull();
  });
});

describe('the reader of sonar', () => {
  const rule = { id: 'r', name: 'A rule', engineId: 'other', cleanCodeAttribute: 'LAWFUL', type: 'BUG', severity: 'MINOR', impacts: [{ softwareQuality: 'RELIABILITY', severity: 'LOW' }] };
  const place = { filePath: 'a.c', textRange: { startLine: 1, endLine: 2, startColumn: 0, endColumn: 4 } };
  const issue = { ruleId: 'r', effortMinutes: 5, primaryLocation: { ...place, message: 'Look here.' }, secondaryLocations: [place] };
  const { type: _type, severity: _severity, ...ruleWithoutType } = rule;
  const { impacts: _impacts, ...ruleWithoutImpacts } = rule;
  const faultsOf = (rules: readonly object[], issues: readonly object[]): Promise<readonly string[]> => SONAR.faults(new Map([['x', JSON.stringify({ rules, issues })]]));

  it.each([
    ['another engine and other words', rule],
    ['impacts alone', ruleWithoutType],
    ['type and severity alone', ruleWithoutImpacts],
  ])('takes a rule with %s, as SonarQube does', async (_name, taken) => {
    expect(await faultsOf([taken], [issue])).toEqual([]);
  });

  it.each<[name: string, rules: readonly object[], issues: readonly object[]]>([
    ['no engine', [{ ...rule, engineId: '' }], [issue]],
    ['a word that is no attribute', [{ ...rule, cleanCodeAttribute: 'SAFE' }], [issue]],
    ['a word that is no type', [{ ...rule, type: 'WEAKNESS' }], [issue]],
    ['a type without a severity', [{ ...ruleWithoutType, type: 'BUG' }], [issue]],
    ['a severity without a type', [{ ...ruleWithoutType, severity: 'INFO' }], [issue]],
    ['the severity of an impact as that of a rule', [{ ...rule, severity: 'HIGH' }], [issue]],
    ['the severity of a rule as that of an impact', [{ ...rule, impacts: [{ softwareQuality: 'SECURITY', severity: 'CRITICAL' }] }], [issue]],
    ['no impact in the list', [{ ...rule, impacts: [] }], [issue]],
    ['a quality that there is not', [{ ...rule, impacts: [{ softwareQuality: 'SAFETY', severity: 'LOW' }] }], [issue]],
    ['two impacts on one quality', [{ ...rule, impacts: [...rule.impacts, { softwareQuality: 'RELIABILITY', severity: 'HIGH' }] }], [issue]],
    ['an impact of a hotspot', [{ ...rule, type: 'SECURITY_HOTSPOT' }], [issue]],
    ['neither type nor impacts', [{ id: 'r', name: 'A rule', engineId: 'other' }], [issue]],
    ['a rule twice', [rule, rule], [issue]],
    ['an issue of no rule', [rule], [issue, { ...issue, ruleId: 'q' }]],
    ['an issue with a severity of its own', [rule], [{ ...issue, severity: 'MINOR' }]],
    ['an issue without a message', [rule], [{ ...issue, primaryLocation: place }]],
    ['line 0', [rule], [{ ...issue, primaryLocation: { filePath: 'a.c', message: 'x', textRange: { startLine: 0 } } }]],
    ['a secondary place without a line', [rule], [{ ...issue, secondaryLocations: [{ filePath: 'a.c', message: 'x' }] }]],
  ])('refuses %s', async (_name, rules, issues) => {
    expect(await faultsOf(rules, issues)).not.toEqual([]);
  });
});
