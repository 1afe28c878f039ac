import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';
import { type EmulatedPlatform, startEmulatedPlatform } from '../../../test/emulated-platform.js';
import { tampering } from '../../../test/tampering-client.js';
import { readReportFindings } from '../../codecs/detailed-report-stream.js';
import type { Finding } from '../../domain/finding.js';
import type { HttpClient } from '../../transport/http.js';
import { downloadDetailedReport } from '../xml/reports.js';
import { type FindingQuery, listFindings } from './findings.js';
import { getDynamicFlawDetails, getStaticFlawDetails } from './flaw-details.js';
import { getSummaryReport } from './summary-report.js';

const OPERATION = 'GET /appsec/v2/applications/{guid}/findings';
const ALL = ['static', 'dynamic', 'manual', 'sca'] as const;

const EVERYTHING: ScenarioInput = {
  policies: [{ name: 'House rules', forbiddenSeverity: 3, graceDays: 30 }],
  applications: [
    {
      name: 'Shop',
      policy: 'House rules',
      builds: [{ name: 'v1', startedMinutesAgo: 5000 }, { name: 'v2' }],
      sandboxes: [{ name: 'dev', builds: [{ name: 'd1' }] }],
    },
  ],
  scans: [
    { scanName: 'd1', findings: [{ cwe: 117 }], components: [] },
    { scanName: 'v1', findings: [{ id: 1, cwe: 89 }] },
    {
      findings: [
        { id: 1, cwe: 89, file: 'src/main/java/com/example/Orders.java', line: 7, function: 'void find(java.lang.String)', exploitability: 1 },
        { id: 2, cwe: 80, mitigation: { action: 'appdesign', status: 'accepted', comment: 'Encoded.', by: 'dana' }, file: 'search.jsp', line: 3 },
        { id: 3, cwe: 117, mitigation: { action: 'fp', status: 'proposed' } },
        { id: 4, cwe: 78, mitigation: { action: 'acceptrisk', status: 'rejected', by: 'lee' } },
        { id: 5, cwe: 404, remediationStatus: 'Fixed', firstFoundDaysAgo: 90 },
        { id: 6, cwe: 597, remediationStatus: 'Reopened' },
        { id: 7, cwe: 73, description: 'Outside data <b> & more "here"', mitigation: { action: 'comment', status: 'proposed' } },
      ],
      dynamicFindings: [{ cwe: 80, url: 'https://shop.example/search?q=1', parameter: 'q' }, { cwe: 601, severity: 4, url: 'http://shop.example:8080/' }],
      manualFindings: [{ cwe: 287, location: 'https://shop.example/orders/1', cvss: 8 }, { cwe: 259, location: 'etc/shop.conf', exploitability: -1 }],
      components: [
        {
          file: 'json-1.0.jar',
          library: 'json',
          version: '1.0',
          paths: ['lib/json-1.0.jar'],
          licences: [{ name: 'Apache License 2.0', spdxId: 'Apache-2.0', risk: 2 }],
          vulnerabilities: [
            { cve: 'CVE-1999-99001', severity: 4, cvss: 7.5, cwe: 'CWE-502', summary: 'Runs <code>.', affectsPolicy: true },
            { cve: 'CVE-1999-99002' },
          ],
        },
      ],
    },
  ],
};

async function all(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const list: Finding[] = [];
  for await (const finding of findings) list.push(finding);
  return list.sort((left, right) => left.id.localeCompare(right.id));
}

function queryOf(platform: EmulatedPlatform, more: Partial<FindingQuery> = {}): FindingQuery {
  const applicationGuid = platform.emulator.snapshot().applications[0]?.guid ?? '';
  return { applicationGuid, sandboxGuid: null, kinds: ALL, ...more };
}

/** Facts that one side does not know, or says in words of its own, with the reason. Everything else must be equal. */
const DIFFERENT: readonly { readonly kinds: readonly Finding['kind'][]; readonly field: string; readonly known: 'XML only' | 'REST only' | 'other words'; readonly why: string }[] = [
  { kinds: ['static', 'dynamic', 'manual'], field: 'remediationEffort', known: 'XML only', why: 'no such field over REST' },
  { kinds: ['static'], field: 'location.function', known: 'other words', why: 'XML has the prototype, REST the qualified name' },
  { kinds: ['static'], field: 'status', known: 'other words', why: 'REST calls a reopened finding open' },
  { kinds: ['dynamic'], field: 'location.module', known: 'XML only', why: 'REST names no module of a dynamic analysis' },
  { kinds: ['manual'], field: 'exploitability', known: 'XML only', why: 'no such field of manual findings over REST' },
  { kinds: ['manual'], field: 'category', known: 'XML only', why: 'no category of manual findings over REST' },
  { kinds: ['sca'], field: 'cweName', known: 'REST only', why: 'XML has the number alone' },
  { kinds: ['sca'], field: 'status', known: 'other words', why: 'XML does not say which vulnerabilities are new' },
  { kinds: ['sca'], field: 'component.licences.0.name', known: 'other words', why: 'REST writes SPDX ids in lower case' },
];

/** Every fact by its path. White space is no fact: the XML report breaks its lines as it likes. */
function factsOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => factsOf(inner, path === '' ? name : `${path}.${name}`));
  }
  return [[path, typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : value]];
}

describe('one scan, read over XML and over REST', () => {
  it('is the same, field by field, except for what one side does not know', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const file = join(platform.folder, 'report.xml');
    const buildId = platform.emulator.snapshot().applications[0]?.builds.find(({ name }) => name === 'v2')?.id ?? '';
    await downloadDetailedReport(platform.client, { buildId, file });
    const overXml = await all(readReportFindings(file));
    const overRest = await all(listFindings(platform.client, queryOf(platform)));
    expect(overRest.map(({ id, kind }) => [id, kind])).toEqual(overXml.map(({ id, kind }) => [id, kind]));
    expect(overRest).toHaveLength(13);
    const differing = new Set<string>();
    for (const [index, xml] of overXml.entries()) {
      const rest = new Map(factsOf(overRest[index], ''));
      for (const [path, value] of factsOf(xml, '')) {
        if (value === rest.get(path)) continue;
        const known = [value, rest.get(path)].includes(null) ? (value === null ? 'REST only' : 'XML only') : 'other words';
        differing.add(`${xml.kind} ${path}: ${known}`);
      }
    }
    expect([...differing].sort()).toEqual(DIFFERENT.flatMap(({ kinds, field, known }) => kinds.map((kind) => `${kind} ${field}: ${known}`)).sort());
    await expect(readFile(file, 'latin1')).resolves.toContain('total_flaws="11"');
  });

  it('reads why and by whom a finding was mitigated', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const findings = await all(listFindings(platform.client, queryOf(platform, { kinds: ['static'] })));
    expect(findings.slice(1, 4).map(({ mitigation }) => mitigation)).toEqual([
      { state: 'accepted', reason: 'Mitigate by Design', approver: 'dana' },
      { state: 'proposed', reason: 'Potential False Positive', approver: null },
      { state: 'rejected', reason: 'Accept the Risk', approver: 'lee' },
    ]);
  });

  it('shows a mitigated component with its state, without an approver, and asks no service for one', async () => {
    const decided = (text: string): string =>
      text.includes('"scan_type":"SCA"') ? text.replaceAll('"resolution_status":"NONE"', '"resolution_status":"APPROVED"').replaceAll('"resolution":"UNRESOLVED"', '"resolution":"MITIGATED"') : text;
    const platform = await startEmulatedPlatform(EVERYTHING, (network) => tampering(network, OPERATION, decided));
    const findings = await all(listFindings(platform.client, queryOf(platform, { kinds: ['sca'] })));
    expect(findings.length).toBeGreaterThan(1);
    expect(findings.map(({ mitigation }) => mitigation)).toEqual(findings.map(() => ({ state: 'accepted', reason: null, approver: null })));
    expect(new Set(platform.calls())).toEqual(new Set([OPERATION]));
  });
});

describe('listFindings', () => {
  it('asks for components on their own, in the largest pages, in the context', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const sandboxGuid = platform.emulator.snapshot().applications[0]?.sandboxes[0]?.guid ?? '';
    const findings = await all(listFindings(platform.client, queryOf(platform, { sandboxGuid })));
    expect(findings.map(({ cwe }) => cwe)).toContain(117);
    const calls = platform.emulator.journal().map(({ operation, parameters }) => ({ operation, parameters }));
    expect(calls).toEqual([
      {
        operation: OPERATION,
        parameters: { context: sandboxGuid, include_annot: 'true', include_exp_date: 'true', scan_type: 'STATIC,DYNAMIC,MANUAL', page: '0', size: '500' },
      },
      { operation: OPERATION, parameters: { context: sandboxGuid, scan_type: 'SCA', page: '0', size: '500' } },
    ]);
  });

  it.each<[string, Partial<FindingQuery>, readonly string[]]>([
    ['severity', { severityAtLeast: 5 }, ['4']],
    ['CWEs', { kinds: ['static', 'dynamic'], cwes: [80, 404] }, ['10000001', '2', '5']],
    ['policy', { kinds: ['static'], violatesPolicy: true }, ['1', '3', '4', '7']],
    ['newness', { kinds: ['static'], isNew: false }, ['1', '5', '6']],
    ['score', { kinds: ['sca', 'manual'], cvssAtLeast: 7.6 }, ['20000001']],
    ['vulnerability', { vulnerabilityId: 'CVE-1999-99002' }, [expect.stringMatching(/:CVE-1999-99002$/) as unknown as string]],
  ])('filters by %s', async (_, more, ids) => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const findings = await all(listFindings(platform.client, queryOf(platform, more)));
    expect(findings.map(({ id }) => id)).toEqual(ids);
  });

  it('reads three pages whole', async () => {
    const platform = await startEmulatedPlatform(manyFindings(1200));
    const findings = await all(listFindings(platform.client, queryOf(platform, { kinds: ['static'] })));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(1200);
    expect(platform.calls()).toHaveLength(3);
  });

  it.each<[string, (page: Page) => unknown]>([
    ['lost', ({ _embedded: _, ...page }) => page],
    ['half', ({ _embedded, ...page }) => ({ ...page, _embedded: { findings: _embedded?.findings.slice(0, 250) } })],
    ['repeated', ({ _embedded, ...page }) => ({ ...page, _embedded: { findings: _embedded?.findings.map((_, index, list) => list[index - (index % 2)]) } })],
  ])('ends with an error and without a finding when one of three pages is %s', async (_, spoil) => {
    const between = (network: HttpClient): HttpClient =>
      tampering(network, OPERATION, (text) => {
        const page = JSON.parse(text) as Page;
        return page.page.number === 1 ? JSON.stringify(spoil(page)) : text;
      });
    const platform = await startEmulatedPlatform(manyFindings(1200), between);
    const seen: Finding[] = [];
    const reading = (async () => {
      for await (const finding of listFindings(platform.client, queryOf(platform, { kinds: ['static'] }))) seen.push(finding);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'ProtocolError', code: 'count-mismatch', context: { operation: OPERATION } });
    expect(seen).toEqual([]);
  });

  it.each([
    ['of another context', (text: string) => text.replaceAll(/"context_guid":"[^"]+"/g, '"context_guid":"elsewhere"')],
    ['of a kind that was not asked for', (text: string) => text.replaceAll('"scan_type":"STATIC"', '"scan_type":"DYNAMIC"')],
  ])('refuses findings %s', async (_, change) => {
    const platform = await startEmulatedPlatform(EVERYTHING, (network) => tampering(network, OPERATION, change));
    await expect(all(listFindings(platform.client, queryOf(platform, { kinds: ['static'] })))).rejects.toMatchObject({ code: 'unexpected-shape' });
  });

  it('says that there is no such application', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    await expect(all(listFindings(platform.client, queryOf(platform, { applicationGuid: 'a/b' })))).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('details and summary', () => {
  it('reads data paths, request and response of one finding', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const { applicationGuid, sandboxGuid } = queryOf(platform);
    await expect(getStaticFlawDetails(platform.client, { applicationGuid, sandboxGuid, findingId: '1' })).resolves.toMatchObject({
      findingId: '1',
      dataPaths: [{ file: 'src/main/java/com/example/Orders.java', line: 7, function: 'find', steps: [{ line: 7 }, { line: 4 }] }],
    });
    await expect(getDynamicFlawDetails(platform.client, { applicationGuid, findingId: '10000001' })).resolves.toMatchObject({
      url: 'https://shop.example/search?q=1',
      attackVectors: [{ name: 'q', type: 'QUERY' }],
    });
  });

  it.each([
    [getStaticFlawDetails, 'static_flaw_info'],
    [getDynamicFlawDetails, 'dynamic_flaw_info'],
  ] as const)('refuses the details of another finding', async (read, call) => {
    const operation = `${OPERATION}/{issue}/${call}`;
    const platform = await startEmulatedPlatform(EVERYTHING, (network) => tampering(network, operation, (text) => text.replace(/"issue_id":\d+/, '"issue_id":99')));
    const { applicationGuid } = queryOf(platform);
    const findingId = call === 'static_flaw_info' ? '1' : '10000001';
    await expect(read(platform.client, { applicationGuid, sandboxGuid: null, findingId })).rejects.toMatchObject({ code: 'unexpected-shape' });
  });

  it('reads the summary of the newest scan, of a sandbox, of a build', async () => {
    const platform = await startEmulatedPlatform(EVERYTHING);
    const { applicationGuid } = queryOf(platform);
    const [shop] = platform.emulator.snapshot().applications;
    const newest = await getSummaryReport(platform.client, { applicationGuid, sandboxGuid: null, buildId: null });
    expect(newest).toMatchObject({ scanName: 'v2', sandboxName: null, totalFlaws: 11, unmitigatedFlaws: 10, policyEvaluation: 'conditional-pass' });
    const sandbox = await getSummaryReport(platform.client, { applicationGuid, sandboxGuid: shop?.sandboxes[0]?.guid ?? '', buildId: null });
    expect(sandbox).toMatchObject({ scanName: 'd1', sandboxName: 'dev' });
    const buildId = shop?.builds.find(({ name }) => name === 'v1')?.id ?? '';
    await expect(getSummaryReport(platform.client, { applicationGuid, sandboxGuid: null, buildId })).resolves.toMatchObject({ scanName: 'v1', buildId });
    await expect(getSummaryReport(platform.client, { applicationGuid, sandboxGuid: null, buildId: '1' })).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('refuses the summary of another build', async () => {
    const operation = 'GET /appsec/v2/applications/{guid}/summary_report';
    const platform = await startEmulatedPlatform(EVERYTHING, (network) => tampering(network, operation, (text) => text.replace(/"build_id":\d+/, '"build_id":1')));
    const { applicationGuid } = queryOf(platform);
    const buildId = platform.emulator.snapshot().applications[0]?.builds[0]?.id ?? '';
    await expect(getSummaryReport(platform.client, { applicationGuid, sandboxGuid: null, buildId })).rejects.toMatchObject({ code: 'unexpected-shape' });
  });
});

interface Page {
  readonly _embedded?: { readonly findings: readonly unknown[] };
  readonly page: { readonly number: number };
}

function manyFindings(generate: number): ScenarioInput {
  return { applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }], scans: [{ findings: { generate } }] };
}
