import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { madeReport } from '../../test/made-findings.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import { setAside } from '../set-aside.js';

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

async function entriesOf(input: ReportInput): Promise<readonly Entry[]> {
  return JSON.parse((await reportText('gitlab-code-quality', input)) ?? '') as readonly Entry[];
}

const nowhere = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };
const component = { id: 'c1', fileName: 'log4j-core.jar', version: '2.14.0', vulnerabilityId: 'CVE-2021-44228', cvss: 10, licences: [] };

describe('gitlab-code-quality', () => {
  it('has an entry for each open finding', async () => {
    expect(await entriesOf(reportInput([sampleFinding(), sampleFinding({ id: '8', status: 'fixed' })]))).toEqual([
      { description: 'SQL Injection: A query is put together from text.', check_name: 'veracode-static-cwe-89', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/u), severity: 'critical', location: { path: 'src/OrderDao.java', lines: { begin: 117 } } },
    ]);
  });

  it.each<[name: string, facts: Partial<JudgedFinding>, path: string]>([
    ['the file in the checkout', { location: { ...nowhere, file: 'a.c', repositoryPath: 'src/a.c' } }, 'src/a.c'],
    ['an absolute path', { location: { ...nowhere, file: '/./src/a.c' } }, 'src/a.c'],
    ['the component', { kind: 'sca', component, location: nowhere }, 'log4j-core.jar'],
    ['the module', { location: { ...nowhere, module: 'shop.war' } }, 'shop.war'],
    ['the address', { kind: 'dynamic', location: { ...nowhere, url: 'https://shop.example/x' } }, 'https:/shop.example/x'],
    ['the kind, as there is nothing else', { kind: 'manual', location: nowhere }, 'manual'],
  ])('has as path %s', async (_name, facts, path) => {
    expect((await entriesOf(reportInput([sampleFinding(facts)])))[0]?.location).toMatchObject({ path });
  });

  it('has as many entries as there are open findings, each with a fingerprint of its own', async () => {
    const input = madeReport(2000);
    let open = 0;
    for await (const finding of input.findings) if (setAside(finding) === null) open += 1;
    const entries = await entriesOf(input);
    expect(entries).toHaveLength(open);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(open);
  });
});
