import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { madeReport } from '../../test/made-findings.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { sampleFinding, sampleResults } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';

type Format = 'gitlab-sast' | 'gitlab-dependency-scanning';
interface Vulnerability {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly location: object;
  readonly details: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}
interface Report {
  readonly vulnerabilities: readonly Vulnerability[];
  readonly scan: { readonly messages: readonly { readonly value: string }[]; readonly [member: string]: unknown };
}

async function reportOf(format: Format, input: ReportInput): Promise<Report> {
  return JSON.parse((await reportText(format, input)) ?? '') as Report;
}

async function flawOf(facts: Partial<JudgedFinding>): Promise<Vulnerability | undefined> {
  return (await reportOf('gitlab-sast', reportInput([sampleFinding(facts)]))).vulnerabilities[0];
}

const location = sampleFinding().location;
const nowhere = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };
const component = { id: 'c1', fileName: 'log4j-core.jar', version: '2.14.0', vulnerabilityId: 'CVE-2021-44228', cvss: 10, licences: [{ name: 'Apache-2.0', risk: 2 }] };
const sca = (facts: Partial<JudgedFinding> = {}): JudgedFinding => sampleFinding({ kind: 'sca', cwe: 502, component, location: { ...nowhere, file: 'lib/log4j-core.jar' }, ...facts });

describe('gitlab-sast', () => {
  it('has a flaw with all that GitLab shows of it', async () => {
    const dataPaths = [
      { steps: [{ file: 'In.java', repositoryPath: 'src/In.java', line: 3, function: null }, { file: 'Via.java', repositoryPath: null, line: 4, function: null }, { file: null, repositoryPath: null, line: null, function: 'f' }, { file: 'Out.java', repositoryPath: null, line: 9, function: null }] },
      { steps: [{ file: null, repositoryPath: null, line: null, function: 'only' }] },
    ];
    expect(await flawOf({ location: { ...location, repositoryPath: 'shop/src/OrderDao.java' }, dataPaths })).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u),
      name: 'SQL Injection',
      description: 'A query is put together from text.',
      severity: 'High',
      identifiers: [{ type: 'cwe', name: 'CWE-89', value: '89', url: 'https://cwe.mitre.org/data/definitions/89.html' }, { type: 'veracode_finding', value: 'static/7' }],
      location: { file: 'shop/src/OrderDao.java', start_line: 117, end_line: 117, method: 'find' },
      tracking: { type: 'source', items: [{ signatures: [{ algorithm: 'hash' }] }] },
      links: [{ url: sampleResults().scan?.url }],
      details: {
        affects_policy: { value: true },
        data_paths: {
          type: 'code-flows',
          items: [[{ node_type: 'source', file_location: { file_name: 'src/In.java', line_start: 3 } }, { node_type: 'propagation' }, { node_type: 'sink', file_location: { file_name: 'Out.java', line_start: 9 } }]],
        },
      },
    });
  });

  it.each([[5, 'Critical'], [4, 'High'], [3, 'Medium'], [2, 'Low'], [1, 'Low'], [0, 'Info']] as const)('calls severity %i %s', async (severity, word) => {
    expect((await flawOf({ severity }))?.severity).toBe(word);
  });

  it.each<[name: string, place: JudgedFinding['location'], wanted: object]>([
    ['the module where there is no file', { ...nowhere, module: 'shop.war', function: 'find' }, { file: 'shop.war', method: 'find' }],
    ['the address of a page', { ...nowhere, url: 'https://shop.example/' }, { file: 'https://shop.example/' }],
    ['nothing', nowhere, {}],
    ['no line below 1', { ...nowhere, file: 'a.c', line: 0 }, { file: 'a.c' }],
  ])('has as its place %s', async (_name, place, wanted) => {
    expect((await flawOf({ location: place }))?.location).toEqual(wanted);
  });

  it('keeps flaws without a place apart', async () => {
    const { vulnerabilities } = await reportOf('gitlab-sast', reportInput([sampleFinding({ id: '1', location: nowhere }), sampleFinding({ id: '2', location: nowhere })]));
    expect(new Set(vulnerabilities.map(({ tracking }) => JSON.stringify(tracking))).size).toBe(2);
  });

  it('names a flaw without a CWE by its own id', async () => {
    expect((await flawOf({ cwe: null }))?.identifiers).toEqual([expect.objectContaining({ type: 'veracode_finding', value: 'static/7' })]);
  });

  it.each([
    ['@all look', '\\@all look'],
    ['![x](http://evil.example/x.png)', '\\!\\[x\\](http://evil.example/x.png)'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['# head\n- item\n    code\n1. one', '\\# head\n\\- item\ncode\n1\\. one'],
    ['a_b*c`d`', 'a\\_b\\*c\\`d\\`'],
    ['5 - 3 = 2. See https://cwe.mitre.org/data', '5 - 3 = 2. See https://cwe.mitre.org/data'],
  ])('describes as text and not as Markdown: %j', async (description, escaped) => {
    expect((await flawOf({ description }))?.description).toBe(escaped);
  });

  it.each<[name: string, facts: Partial<ScanResults>, start: string, end: string]>([
    ['the scan', { scan: { ...scanFacts(), startedAt: '2026-11-24T10:00:00+02:00', publishedAt: '2026-11-24T09:40:00.123Z' } }, '2026-11-24T08:00:00', '2026-11-24T09:40:00'],
    ['its end, where nobody says when it began', {}, '2026-11-24T09:40:00', '2026-11-24T09:40:00'],
    ['the report, without a scan', { scan: null }, '2026-11-24T09:41:00', '2026-11-24T09:41:00'],
  ])('has the times of %s', async (_name, facts, start, end) => {
    expect((await reportOf('gitlab-sast', reportInput([], facts))).scan).toMatchObject({ start_time: start, end_time: end, status: 'success', type: 'sast' });
  });
});

function scanFacts(): NonNullable<ScanResults['scan']> {
  const { scan } = sampleResults();
  if (scan === null) throw new Error('No scan.');
  return scan;
}

describe('gitlab-dependency-scanning', () => {
  it('has a component and its vulnerability', async () => {
    expect((await reportOf('gitlab-dependency-scanning', reportInput([sca()]))).vulnerabilities).toMatchObject([
      {
        name: 'CVE-2021-44228 in log4j-core.jar 2.14.0',
        identifiers: [{ type: 'cve', value: 'CVE-2021-44228', url: 'https://www.cve.org/CVERecord?id=CVE-2021-44228' }, { type: 'cwe', value: '502' }, { type: 'veracode_finding' }],
        location: { file: 'lib/log4j-core.jar', dependency: { package: { name: 'log4j-core.jar' }, version: '2.14.0' } },
        details: { cvss: { value: 10 }, licences: { value: 'Apache-2.0' } },
      },
    ]);
  });

  it("takes the vendor's own vulnerabilities for no CVE", async () => {
    const [own] = (await reportOf('gitlab-dependency-scanning', reportInput([sca({ component: { ...component, vulnerabilityId: 'SRCCLR-SID-22742' } })]))).vulnerabilities;
    expect(own?.identifiers[0]).toEqual({ type: 'veracode_vulnerability', name: 'SRCCLR-SID-22742', value: 'SRCCLR-SID-22742' });
  });
});

describe('both reports of GitLab', () => {
  it('hold every open finding of the code and of components once, and say what they leave out', async () => {
    const input = madeReport(2000);
    const [flaws, components] = await Promise.all([reportOf('gitlab-sast', input), reportOf('gitlab-dependency-scanning', input)]);
    for (const { vulnerabilities, scan } of [flaws, components]) {
      const leftOut = scan.messages.map(({ value }) => Number(/Left out of 2000 findings: (\d+) /u.exec(value)?.[1]));
      expect(vulnerabilities.length + leftOut.reduce((sum, number) => sum + number, 0)).toBe(input.tally.total);
      expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(vulnerabilities.length);
    }
    const told = flaws.scan.messages.map(({ value }) => value).join(' ');
    for (const word of ['fixed', 'waived', 'mitigated', 'of dynamic analyses']) expect(told).toContain(word);
  });

  it.each<[name: string, facts: Partial<JudgedFinding>, held: number, message: string]>([
    ['an open one', {}, 1, ''],
    ['one of a baseline', { standing: 'known' }, 1, ''],
    ['one with a rejected mitigation', { mitigation: { state: 'rejected', reason: null, approver: null } }, 1, ''],
    ['one with a proposed mitigation', { mitigation: { state: 'proposed', reason: null, approver: null } }, 1, ''],
    ['one that cannot be reproduced', { status: 'cannot-reproduce' }, 1, ''],
    ['a fixed one', { status: 'fixed' }, 0, '1 fixed.'],
    ['a mitigated one', { mitigation: { state: 'accepted', reason: null, approver: null } }, 0, '1 mitigated'],
    ['a waived one', { standing: 'waived', waiver: { reason: 'r', owner: 'o', expires: '2027-01-01' } }, 0, '1 waived'],
    ['a dynamic one', { kind: 'dynamic' }, 0, '1 of dynamic analyses'],
  ])('hold %s, or say why not', async (_name, facts, held, message) => {
    const { vulnerabilities, scan } = await reportOf('gitlab-sast', reportInput([sampleFinding(facts)]));
    expect(vulnerabilities).toHaveLength(held);
    expect(scan.messages.map(({ value }) => value).join()).toContain(message);
    expect(scan.messages).toHaveLength(1 - held);
  });
});
