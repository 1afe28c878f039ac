import { describe, expect, it } from '@jest/globals';

import { readReport } from '../../test/read-report.js';
import { readSonar } from '../../test/readers/sonar.js';
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
