import { describe, expect, it } from '@jest/globals';
import { createFindingCounter, type FindingTally } from '@verapipe/core';

import { readReport } from '../../test/read-report.js';
import { MARKDOWN, tableRows } from '../../test/readers/markdown.js';
import { generatedFindings, RUNS_WITHOUT_RESULTS, scaFinding } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { NOTHING, sampleFinding, sampleResults } from '../../test/samples.js';

const { ci: CI } = sampleResults();
const GITHUB = CI && { ...CI, system: 'github-actions', commit: 'c0ffee00', repositoryUrl: 'https://github.example/web/shop' };

function tallyOf(open: number): FindingTally {
  const counter = createFindingCounter();
  for (let index = 0; index < open; index += 1) counter.add(sampleFinding());
  return counter.tally();
}

describe('markdown', () => {
  it('fits a comment, and holds no HTML, for runs without results', async () => {
    const files = await Promise.all(RUNS_WITHOUT_RESULTS.map(async ([name, input]) => [name, await readReport('markdown', input())] as const));
    expect(await MARKDOWN.faults(new Map(files))).toEqual([]);
  });


  it('tells verdict, gates, counts and the worst findings with links', async () => {
    const place = { ...sampleFinding().location, repositoryPath: 'src/Order Dao.java' };
    const findings = [sampleFinding({ location: place, status: 'new' }), sampleFinding({ id: '8', severity: 5, standing: 'mitigated', mitigation: { state: 'accepted', reason: null, approver: null } }), sampleFinding({ id: '9', severity: 2, standing: 'fixed', status: 'fixed' }), scaFinding({ severity: 3 })];
    expect(await readReport('markdown', reportInput(findings, { ci: GITHUB }))).toBe(`## ❌ Veracode: FAIL: policy scan "gitlab web/shop 48211 scan 1/2" (build 17501) of "Web shop" is "Results Ready", 1 module scanned, 3 of 3 reported findings read, policy "House rules" Did Not Pass (2026-11-24T09:40:00.000Z).

### Gates

| outcome | gate | what it saw |
| --- | --- | --- |
| ❌ fail | policy | The policy is Did Not Pass. |

### Findings

| severity | open | in all | new | fixed |
| --- | --- | --- | --- | --- |
| Very High | 0 | 1 | 0 | 0 |
| High | 1 | 1 | 1 | 0 |
| Medium | 1 | 1 | 0 | 0 |
| Low | 0 | 1 | 0 | 1 |
| Very Low | 0 | 0 | 0 | 0 |
| Informational | 0 | 0 | 0 | 0 |
| **all** | **2** | **4** | **1** | **1** |

New and fixed: as the platform says.

### Worst findings

| severity | weakness | place | policy | id |
| --- | --- | --- | --- | --- |
| High | [CWE-89 SQL Injection](<https://cwe.mitre.org/data/definitions/89.html>) | [src/Order Dao.java:117](<https://github.example/web/shop/blob/c0ffee00/src/Order%20Dao.java#L117>) | violated | 7 |
| Medium | [CWE-89 CVE-2026-0001](<https://nvd.nist.gov/vuln/detail/CVE-2026-0001>) | log4you.jar 2.14.1 | violated | c1:CVE-2026-0001 |

[Results on the platform](<https://analysiscenter.veracode.com/auth/index.jsp#ViewReportsResultSummary:10001:101:17501>) · [CI run](<https://gitlab.example/web/shop/-/pipelines/48211>) · verapipe 1.2.3, 2026-11-24T09:41:00.000Z
`);
  });

  it('counts what the results count, and says how many findings are not shown', async () => {
    const findings = generatedFindings(800);
    const text = await readReport('markdown', reportInput(findings, { gates: [] }));
    const open = findings.filter(({ standing }) => standing !== 'fixed' && standing !== 'mitigated').length;
    const counting = findings.filter(({ standing }) => standing === 'open').length;
    const sums = tableRows(text).find(([name]) => name === '**all**');
    const isNew = findings.filter(({ status }) => status === 'new').length;
    const fixed = findings.filter(({ status }) => status === 'fixed').length;
    expect(sums).toEqual(['**all**', `**${String(open)}**`, '**800**', `**${String(isNew)}**`, `**${String(fixed)}**`]);
    expect(text).toContain(`\n${String(counting)} of the open findings count for the gates;`);
    expect(text).toContain(`… and ${String(counting - 20)} more.`);
  });

  it('tells the way since the newest earlier run that came to results', async () => {
    const earlier = [sampleResults({ counts: tallyOf(5), generatedAt: '2026-11-22T00:00:00Z' }), sampleResults({ counts: tallyOf(4), generatedAt: '2026-11-23T00:00:00Z' }), sampleResults(NOTHING)];
    expect(await readReport('markdown', { ...reportInput([sampleFinding()]), earlier })).toContain('Since 2026-11-23T00:00:00Z: 4 → 1 open findings.');
  });

  it('says loudly that a run failed, why, and what to do', async () => {
    const failure = { exitCode: 3, code: 'no-credentials', message: 'No API credentials were found.', advice: 'Set VERACODE_API_KEY_ID.' };
    const text = await readReport('markdown', { ...reportInput([]), results: sampleResults({ ...NOTHING, failure }) });
    expect(text).toBe(`## ❌ Veracode: NO VERDICT: nothing was scanned.

**The run failed and came to no verdict** (no-credentials, exit code 3): No API credentials were found.

What to do: Set VERACODE\\_API\\_KEY\\_ID.

verapipe 1.2.3, 2026-11-24T09:41:00.000Z
`);
  });

  it('never marks a run without results as passed', async () => {
    for (const [, input] of RUNS_WITHOUT_RESULTS) {
      const text = await readReport('markdown', input());
      expect(text).not.toContain('✅');
      expect(text).not.toContain('| severity |');
    }
  });
});
