import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { madeReport } from '../../test/made-findings.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import { setAside } from '../set-aside.js';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly object[];
  readonly codeFlows?: readonly object[];
  readonly correlationGuid: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly object[];
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] } };
  readonly taxonomies: readonly { readonly taxa: readonly { readonly id: string }[] }[];
  readonly results?: readonly Result[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

async function runOf(input: ReportInput): Promise<Run> {
  const { runs } = JSON.parse((await reportText('sarif', input)) ?? '') as { runs: readonly [Run] };
  return runs[0];
}

async function resultsOf(...findings: readonly JudgedFinding[]): Promise<readonly Result[]> {
  return (await runOf(reportInput(findings))).results ?? [];
}

async function resultOf(facts: Partial<JudgedFinding>): Promise<Result | undefined> {
  return (await resultsOf(sampleFinding(facts)))[0];
}

const component = { id: 'c1', fileName: 'log4j-core.jar', version: '2.14.0', vulnerabilityId: 'CVE-2021-44228', cvss: 10, licences: [] };
const nowhere = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };
const none = { state: 'none', reason: null, approver: null } as const;

describe('sarif rules', () => {
  it('are the weaknesses, each with its help and the score of its worst finding', async () => {
    const findings = [sampleFinding({ id: '1', severity: 3 }), sampleFinding({ id: '2', severity: 5 }), sampleFinding({ id: '3', kind: 'sca', cwe: 89, component }), sampleFinding({ id: '4', kind: 'dynamic', cwe: null, cweName: null })];
    const { tool, taxonomies, results } = await runOf(reportInput(findings));
    expect(tool.driver.rules).toMatchObject([
      {
        id: 'CWE-89',
        shortDescription: { text: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection') (CWE-89)" },
        helpUri: 'https://cwe.mitre.org/data/definitions/89.html',
        help: { text: expect.stringContaining('https://cwe.mitre.org/data/definitions/89.html') },
        relationships: [{ target: { id: '89', index: 0, toolComponent: { name: 'CWE' } } }],
        defaultConfiguration: { level: 'error' },
        properties: { tags: ['security', 'external/cwe/cwe-089'], 'security-severity': '9.5' },
      },
      { id: 'DYNAMIC', properties: { tags: ['security'], 'security-severity': '8.0' } },
      { id: 'SCA-CWE-89', shortDescription: { text: expect.stringContaining('Component with a known vulnerability') }, properties: { 'security-severity': '10.0' } },
    ]);
    expect(taxonomies[0]?.taxa.map(({ id }) => id)).toEqual(['89']);
    expect(results?.map(({ ruleId, ruleIndex }) => [ruleId, tool.driver.rules[ruleIndex]?.id])).toEqual([
      ['CWE-89', 'CWE-89'],
      ['CWE-89', 'CWE-89'],
      ['SCA-CWE-89', 'SCA-CWE-89'],
      ['DYNAMIC', 'DYNAMIC'],
    ]);
  });

  it.each([[5, 'error'], [4, 'error'], [3, 'warning'], [2, 'note'], [1, 'note'], [0, 'note']] as const)('have for severity %i the level %s', async (severity, level) => {
    expect((await resultOf({ severity }))?.level).toBe(level);
  });
});

describe('sarif locations', () => {
  const file = { ...nowhere, file: 'com/example/Dao.java' };

  it.each<[name: string, location: JudgedFinding['location'], uri: string, region: object | undefined]>([
    ['the file in the checkout', { ...file, repositoryPath: 'shop/src/com/example/Dao.java', line: 3 }, 'shop/src/com/example/Dao.java', { startLine: 3 }],
    ["the platform's path where nobody found it", { ...file, line: 3 }, 'com/example/Dao.java', { startLine: 3 }],
    ['no line', file, 'com/example/Dao.java', undefined],
    ['line 0', { ...file, line: 0 }, 'com/example/Dao.java', undefined],
    ['blanks and signs', { ...nowhere, file: 'a b/ü#1?%.java' }, 'a%20b/%C3%BC%231%3F%25.java', undefined],
    ['an absolute path', { ...nowhere, file: '/build/./src/x.c' }, 'build/src/x.c', undefined],
    ['a way out', { ...nowhere, file: '../../etc/passwd' }, 'etc/passwd', undefined],
    ['a Windows path', { ...nowhere, file: 'C:\\src\\x.cs' }, 'src/x.cs', undefined],
    ['a way back', { ...nowhere, file: 'src/../lib/x.c' }, 'lib/x.c', undefined],
    ['a scheme', { ...nowhere, file: 'javascript:alert(1)' }, 'javascript%3Aalert(1)', undefined],
  ])('have %s', async (_name, location, uri, region) => {
    const result = await resultOf({ location });
    expect(result?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, ...(region && { region }) } }]);
  });

  it('are logical without a file', async () => {
    const web = await resultOf({ kind: 'dynamic', location: { ...nowhere, url: 'https://shop.example/?q=1', parameter: 'q' } });
    expect(web?.locations).toEqual([{ logicalLocations: [expect.objectContaining({ name: 'https://shop.example/?q=1', kind: 'resource' }), expect.objectContaining({ name: 'q', kind: 'parameter' })] }]);
    const flaw = await resultOf({ location: { ...nowhere, module: 'shop.war', function: 'find' } });
    expect(flaw?.locations).toEqual([{ logicalLocations: [expect.objectContaining({ name: 'shop.war', kind: 'module' }), expect.objectContaining({ name: 'find', kind: 'function' })] }]);
    expect((await resultOf({ kind: 'sca', component, location: nowhere }))?.locations).toEqual([{ logicalLocations: [expect.objectContaining({ name: 'log4j-core.jar@2.14.0', kind: 'package' })] }]);
    expect((await resultOf({ location: nowhere }))?.locations).toEqual([]);
  });

  it('are those of data paths, step by step', async () => {
    const steps = [{ file: 'In.java', repositoryPath: 'src/In.java', line: 3, function: 'read' }, { file: null, repositoryPath: null, line: null, function: 'pass' }, { file: null, repositoryPath: null, line: null, function: null }];
    expect((await resultOf({ dataPaths: [{ steps }] }))?.codeFlows).toEqual([
      {
        threadFlows: [
          {
            locations: [
              { location: { physicalLocation: { artifactLocation: { uri: 'src/In.java', uriBaseId: '%SRCROOT%' }, region: { startLine: 3 } }, logicalLocations: [expect.objectContaining({ name: 'read' })] } },
              { location: { logicalLocations: [expect.objectContaining({ name: 'pass' })] } },
              { location: { message: { text: expect.stringContaining('does not name') } } },
            ],
          },
        ],
      },
    ]);
    expect((await resultOf({ dataPaths: [] }))?.codeFlows).toBeUndefined();
  });
});

describe('sarif results', () => {
  it('are recognised in the next run, and told apart in this one', async () => {
    const flawMatch = { procedureHash: '1', prototypeHash: '2', flawHash: '3', flawHashCount: 1, flawHashOrdinal: 1, causeHash: '4', causeHashCount: 2, causeHashOrdinal: 1 };
    const results = await resultsOf(sampleFinding({ id: '1', flawMatch }), sampleFinding({ id: '2' }), sampleFinding({ id: '1', location: { ...nowhere, file: 'Moved.java', line: 9 } }));
    const [first, second, moved] = results;
    expect(new Set(results.map(({ correlationGuid }) => correlationGuid)).size).toBe(2);
    expect(first?.partialFingerprints['veracodeFlawMatch/v1']).toBe('1:2:3:1:1:4:2:1');
    expect(first?.partialFingerprints['primaryLocationLineHash']).toMatch(/^[0-9a-f]{16}:1$/u);
    expect(moved?.partialFingerprints['primaryLocationLineHash']).toBe(first?.partialFingerprints['primaryLocationLineHash']);
    expect(second?.partialFingerprints['primaryLocationLineHash']).not.toBe(first?.partialFingerprints['primaryLocationLineHash']);
  });

  it.each<[name: string, facts: Partial<JudgedFinding>, justifications: readonly string[]]>([
    ['an open finding', {}, []],
    ['an accepted mitigation', { mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'Bob' } }, ['Mitigation accepted on the platform by Bob: Mitigate by Design']],
    ['one that is only proposed', { mitigation: { state: 'proposed', reason: 'x', approver: null } }, []],
    ['a proposed one that the run took for accepted', { mitigation: { state: 'proposed', reason: 'x', approver: null }, standing: 'proposed' }, ['Mitigation proposed on the platform, which the run took for accepted: x']],
    ['a rejected one', { mitigation: { state: 'rejected', reason: 'x', approver: 'Bob' } }, []],
    ['a waiver', { standing: 'waived', waiver: { reason: 'Firewall', owner: 'Ann', expires: '2027-01-01' } }, ['Waived until 2027-01-01, owner Ann: Firewall']],
    ['a finding that a baseline knows', { standing: 'known' }, []],
    ['a finding in its grace period', { standing: 'in-grace' }, []],
  ])('say what was decided about %s', async (_name, facts, justifications) => {
    const result = await resultOf({ mitigation: none, ...facts });
    expect(result?.suppressions).toEqual(justifications.map((justification) => ({ kind: 'external', status: 'accepted', justification })));
  });

  it.each([
    ['a link [here](http://evil.example)', 'a link \\[here](http://evil.example)'],
    ['an array[0] (of 1)', 'an array[0] (of 1)'],
    ['put {0} in', 'put {{0}} in'],
    ['a {block}', 'a {block}'],
    ['one\r\ntwo', 'one\ntwo'],
    ['   ', 'SQL Injection.'],
  ])('say %j as %j', async (description, text) => {
    expect((await resultOf({ description }))?.message.text).toBe(text);
  });

  it('name component and vulnerability', async () => {
    expect((await resultOf({ kind: 'sca', component, description: 'Remote code.' }))?.message.text).toBe('CVE-2021-44228 in log4j-core.jar 2.14.0: Remote code.');
  });
});

/**
 * What Jenkins makes of a run: no suppressed results, the first location with a line, and results that are equal in all of
 * this are one.
 *
 * @see github.com/tomasbjerre/violations-lib "SarifParser"
 */
function readByJenkins({ results = [] }: Run): ReadonlySet<string> {
  const issues = results.filter(({ suppressions }) => suppressions.length === 0).map(({ ruleId, level, message, locations, correlationGuid }) => {
    const place = locations.flatMap((location) => ('physicalLocation' in location ? [location.physicalLocation as { artifactLocation: { uri: string }; region?: { startLine: number } }] : [])).find(({ region }) => region !== undefined);
    return JSON.stringify([ruleId, level, message.text, place?.artifactLocation.uri ?? null, place?.region?.startLine ?? null, correlationGuid]);
  });
  return new Set(issues);
}

describe('sarif in Jenkins', () => {
  it('is an issue for each open finding, also where several are alike', async () => {
    const input = madeReport(2000);
    let open = 0;
    for await (const finding of input.findings) if (setAside(finding) === null) open += 1;
    expect(readByJenkins(await runOf(input)).size).toBe(open);
    expect(readByJenkins(await runOf(reportInput([sampleFinding({ id: '1', location: nowhere }), sampleFinding({ id: '2', location: nowhere })]))).size).toBe(2);
  });
});

describe('sarif runs', () => {
  it('tell where they come from, without secrets', async () => {
    const { ci } = reportInput([]).results;
    const { tool: _, ...run } = await runOf(reportInput([], { ci: ci && { ...ci, repositoryUrl: 'https://job:token@gitlab.example/web/shop.git' } }));
    expect(run).toMatchObject({
      automationDetails: { id: 'veracode-policy/Web shop/17501' },
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-11-24T09:40:00.000Z' }],
      versionControlProvenance: [{ repositoryUri: 'https://gitlab.example/web/shop.git', revisionId: 'c0ffee', branch: 'main' }],
      results: [],
    });
  });

  it('say why there is nothing in them, and have no list that could be taken for empty', async () => {
    const run = await runOf(reportInput([], NOTHING));
    expect(run.results).toBeUndefined();
    expect(run).toMatchObject({ invocations: [{ executionSuccessful: false, toolConfigurationNotifications: [{ level: 'error' }], toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'no-credentials' }, message: { text: 'No API credentials were found.' } }] }], properties: { verdict: 'none', counts: null } });
  });

  it('have every finding that is not fixed, open where the results say so', async () => {
    const input = madeReport(2000);
    const { results = [], properties } = await runOf(input);
    const fixed = Math.ceil(2000 / 11);
    expect(properties['counts']).toEqual(input.tally);
    expect(results).toHaveLength(input.tally.total - fixed);
    const open = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
    for (const { suppressions, properties: facts } of results) {
      const isMitigated = suppressions.some((suppression) => JSON.stringify(suppression).includes('Mitigation accepted'));
      if (!isMitigated) open[facts['severity'] as keyof typeof open] += 1;
    }
    expect(open).toEqual(input.tally.openBySeverity);
  });
});
