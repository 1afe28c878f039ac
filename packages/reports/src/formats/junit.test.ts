import { describe, expect, it } from '@jest/globals';

import { readReport } from '../../test/read-report.js';
import { JUNIT, sumsOf } from '../../test/readers/junit.js';
import { generatedFindings, RUNS_WITHOUT_RESULTS } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { NOTHING, sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';

async function problemsOf(xml: string): Promise<readonly string[]> {
  return JUNIT.faults(new Map([['junit.xml', xml]]));
}

/** What the suites say that there is, and elements that there are. */
function countsOf(xml: string): Readonly<Record<string, readonly (number | undefined)[]>> {
  const { said, found } = sumsOf(xml);
  return Object.fromEntries(Object.keys(said).map((name) => [name, [said[name], found[name]]]));
}

describe('junit', () => {
  it("is valid by Jenkins' schema for runs without results", async () => {
    const files = await Promise.all(RUNS_WITHOUT_RESULTS.map(async ([name, input]) => [name, await readReport('junit', input())] as const));
    expect(await JUNIT.faults(new Map(files))).toEqual([]);
  });


  it('would be told if it were not well-formed', async () => {
    expect(await problemsOf('<testsuites><testsuite></testsuites>')).not.toEqual([]);
  });

  it.each(['<testcase file="x" ', '<testcase ><wrong/></testcase><testcase '])('would be told of %s, which the schema does not know', async (wrong) => {
    const xml = await readReport('junit', reportInput([]));
    expect(await problemsOf(xml.replace('<testcase ', wrong))).not.toEqual([]);
  });

  it('has a test case for each finding: a failure for one that counts, skipped with its reason for one that does not', async () => {
    const findings = generatedFindings(800);
    const xml = await readReport('junit', reportInput(findings, { gates: [] }));
    const fixed = findings.filter(({ standing }) => standing === 'fixed').length;
    const open = findings.filter(({ standing }) => standing === 'open').length;
    expect(countsOf(xml)).toEqual({ tests: [801, 801], failures: [open, open], errors: [0, 0], skipped: [800 - fixed - open, 800 - fixed - open] });
    expect(xml).toContain('message="Waived until 2027-01-01 by bob: Not reachable."');
  });

  it('names finding, place and severity, and no file attribute', async () => {
    const xml = await readReport('junit', reportInput([sampleFinding()]));
    expect(xml).toContain('<testcase classname="src/OrderDao.java" name="CWE-89 line 117 (flaw 7)"><failure type="High" message="High: SQL Injection at src/OrderDao.java:117">');
    expect(xml).not.toContain(' file=');
  });

  it('has a test case for each gate', async () => {
    const gates: ReportInput['results']['gates'] = [
      { id: 'policy', outcome: 'fail', sentence: 'The policy is Did Not Pass.', numbers: {} },
      { id: 'severity', outcome: 'pass', sentence: 'No finding is High.', numbers: {} },
    ];
    const xml = await readReport('junit', reportInput([], { gates }));
    expect(countsOf(xml)).toEqual({ tests: [3, 3], failures: [1, 1], errors: [0, 0], skipped: [0, 0] });
    expect(xml).toContain('name="Gate policy"><failure type="gate" message="The policy is Did Not Pass.">');
  });

  it('makes a failed run an error, so that nobody takes it for a clean scan', async () => {
    const xml = await readReport('junit', { ...reportInput([]), results: { ...reportInput([]).results, ...NOTHING } });
    expect(countsOf(xml)['errors']).toEqual([1, 1]);
    expect(xml).toContain('<error type="no-credentials" message="No API credentials were found.">');
  });

  it('has no test case that passes for a run without results', async () => {
    for (const [, input] of RUNS_WITHOUT_RESULTS) expect(await readReport('junit', input())).not.toContain('<system-out>');
  });
});
