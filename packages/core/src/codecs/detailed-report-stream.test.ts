import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytesOf, flaws, listOf, report, writeReport } from '../../test/report-text.js';
import { failureOf } from '../../test/requests.js';
import { protocolFile, STYLES, xmlSample } from '../../test/samples.js';
import { decodeDetailedReport, decodeReportFindings, readDetailedReport, readReportFindings } from './detailed-report-stream.js';

const COMPONENT = '7d3c1f6e-0000-4000-8000-0000000000a1';
const IDS = ['11', '7', '8', '9', '10', '0012', `${COMPONENT}:CVE-2026-10001`, `${COMPONENT}:SRCCLR-SID-1`, 'plain.js:CVE-2026-10002'];

describe('readReportFindings', () => {
  it('reads again from the start, also after a reader has gone', async () => {
    const findings = readReportFindings(protocolFile('samples/xml/detailedreport.server.xml'));
    for await (const finding of findings) {
      expect(finding.id).toBe('11');
      break;
    }
    const [one, two] = await Promise.all([listOf(findings), listOf(findings)]);
    expect(one.map(({ id }) => id)).toEqual(IDS);
    expect(two).toEqual(one);
  });

  it('finds the same, however the bytes come in parts', async () => {
    const bytes = xmlSample('detailedreport.plain');
    const whole = await listOf(decodeReportFindings(bytesOf(bytes)));
    expect(whole.map(({ id }) => id)).toEqual(IDS);
    for (const size of [1, 3, 64, 1021]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      await expect(listOf(decodeReportFindings(bytesOf(...parts)))).resolves.toEqual(whole);
    }
  });

  it('hands findings out before the end is known, and then says that the report is cut', async () => {
    const bytes = xmlSample('detailedreport.server');
    const half = bytes.subarray(0, bytes.indexOf('<flaw-status'));
    const findings = decodeReportFindings(bytesOf(half));
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { id } of findings) seen.push(id);
    };
    expect(await failureOf(read())).toMatchObject({ name: 'ProtocolError', code: 'malformed-xml' });
    expect(seen).toEqual(IDS.slice(0, 6));
  });
});

describe('readDetailedReport', () => {
  it.each(STYLES)('reads the facts of a report, written as %s', async (style) => {
    const facts = await readDetailedReport(protocolFile(`samples/xml/detailedreport.${style}.xml`));
    expect(facts).toEqual({
      accountId: '70001',
      applicationId: '81001',
      applicationName: 'Café & Bar',
      sandboxId: null,
      sandboxName: null,
      buildId: '5000001',
      scanName: 'main 41',
      submitter: 'ci-account',
      generatedAt: '2026-03-02T13:20:00.000Z',
      lastUpdatedAt: '2026-03-02T13:15:30.000Z',
      policy: {
        name: 'House rules',
        version: '3',
        evaluation: 'did-not-pass',
        evaluationText: 'Did Not Pass',
        rulesStatus: 'did-not-pass',
        rulesStatusText: 'Did Not Pass',
        gracePeriodExpired: false,
        scanOverdue: false,
      },
      totalFlaws: 6,
      unmitigatedFlaws: 5,
      staticAnalysis: {
        rating: 'C',
        score: 70,
        submittedAt: '2026-03-02T12:40:00.000Z',
        publishedAt: '2026-03-02T13:14:59.000Z',
        engineVersion: '20260301',
        modules: [
          { name: 'shop.war', linesOfCode: 15000, flaws: { 0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 0 } },
          { name: 'JS files within shop.war', linesOfCode: null, flaws: { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } },
        ],
      },
      dynamicAnalysis: expect.objectContaining({ rating: 'B', modules: [expect.objectContaining({ name: 'dynamic_analysis', linesOfCode: null })] }),
      manualAnalysis: expect.objectContaining({ rating: 'A', publishedAt: null, modules: [expect.objectContaining({ name: 'manual' })] }),
      flawStatus: { new: 1, open: 2, reopened: 1, fixed: 1, cannotReproduce: 1, total: 6, notMitigated: 5 },
      components: { total: 3, violatesPolicy: true, violatingPolicy: 1, blocklisted: 0, statedVulnerabilities: 3 },
      tally: {
        total: 9,
        byKind: { static: 4, dynamic: 1, manual: 1, sca: 3 },
        bySeverity: { 0: 2, 1: 1, 2: 1, 3: 2, 4: 1, 5: 2 },
        openBySeverity: { 0: 2, 1: 1, 2: 0, 3: 0, 4: 1, 5: 2 },
        affectingPolicy: 5,
        mitigated: 2,
      },
    });
  });

  it('reads a report without findings', async () => {
    const facts = await readDetailedReport(protocolFile('samples/xml/detailedreport-no-findings.server.xml'));
    expect(facts).toMatchObject({ totalFlaws: 0, policy: { evaluation: 'pass' }, tally: { total: 0 }, dynamicAnalysis: null, components: null });
    expect(facts.flawStatus?.cannotReproduce).toBeNull();
  });

  it('invents nothing that is missing, and takes no silence for success', async () => {
    const facts = await readDetailedReport(protocolFile('samples/xml/detailedreport-minimal.server.xml'));
    expect(facts).toMatchObject({
      accountId: null,
      totalFlaws: null,
      unmitigatedFlaws: null,
      generatedAt: null,
      staticAnalysis: null,
      flawStatus: null,
      policy: { name: null, evaluation: 'unknown', evaluationText: '', rulesStatus: 'unknown', gracePeriodExpired: null },
      tally: { total: 1, bySeverity: { 4: 1 } },
    });
    const [finding] = await listOf(readReportFindings(protocolFile('samples/xml/detailedreport-minimal.server.xml')));
    expect(finding).toMatchObject({ id: '3', severity: 4, cwe: null, cweName: null, category: null, status: 'unknown', mitigation: { state: 'unknown' } });
  });

  it('counts nothing when a component does not say how many vulnerabilities it has', async () => {
    const text = report('<software_composition_analysis third_party_components="2" blacklisted_components="1"><component vulnerabilities="x"/><component vulnerabilities="2"/></software_composition_analysis>');
    await expect(decodeDetailedReport(bytesOf(text))).resolves.toMatchObject({
      components: { total: 2, blocklisted: 1, statedVulnerabilities: null, violatesPolicy: null },
    });
  });

  it('passes over elements that it does not know, wherever they stand', async () => {
    const text = flaws('staticflaws', '<flaw issueid="1"><surprise><mitigation/></surprise></flaw>').replace('<severity', '<module name="x"/><component/><flaw issueid="9"/><vulnerability/><mitigation/><severity');
    await expect(decodeDetailedReport(bytesOf(text))).resolves.toMatchObject({ tally: { total: 1 }, staticAnalysis: null, components: null });
  });

  it.each<[string, string, string]>([
    ['a page', '<!doctype html><html>', 'html-answer'],
    ['nothing', '', 'empty-answer'],
    ['a summary report', '<summaryreport xmlns="https://www.veracode.com/schema/reports/export/1.0"/>', 'unexpected-document'],
    ['no build', report('', 'app_id="1"'), 'unexpected-document'],
    ['no application', report('', 'build_id="1"'), 'unexpected-document'],
    ['a finding without id', flaws('staticflaws', '<flaw severity="3"/>'), 'unexpected-document'],
    ['a finding with a severity beyond 5', flaws('staticflaws', '<flaw issueid="1" severity="6"/>'), 'unexpected-document'],
    ['a finding without any severity', report('<staticflaws><flaw issueid="1"/></staticflaws>'), 'unexpected-document'],
    ['a vulnerability outside of a component', report('<vulnerabilities><vulnerability cve_id="x" severity="3"/></vulnerabilities>'), 'unexpected-document'],
    ['a vulnerability without name', report('<component file_name="x"><vulnerabilities><vulnerability severity="3"/></vulnerabilities></component>'), 'unexpected-document'],
    ['a component without name', report('<component><vulnerabilities><vulnerability cve_id="x" severity="3"/></vulnerabilities></component>'), 'unexpected-document'],
    ['a vulnerability without severity', report('<component file_name="x"><vulnerabilities><vulnerability cve_id="x"/></vulnerabilities></component>'), 'unexpected-document'],
    ['a module without name', report('<static-analysis><modules><module/></modules></static-analysis>'), 'unexpected-document'],
    ['modules without end', report(`<static-analysis><modules>${'<module name="x"/>'.repeat(100_001)}</modules></static-analysis>`), 'answer-too-large'],
  ])('refuses %s', async (_name, text, code) => {
    const failure = { name: 'ProtocolError', code, context: { operation: 'detailedreport.do' } };
    await expect(decodeDetailedReport(bytesOf(text))).rejects.toMatchObject(failure);
  });

  it.each(Array.from({ length: 10 }, (_, index) => index / 10))('refuses a report that is cut at %f', async (share) => {
    const bytes = xmlSample('detailedreport.server');
    const failure = { name: 'ProtocolError', code: share === 0 ? 'empty-answer' : 'malformed-xml' };
    await expect(decodeDetailedReport(bytesOf(bytes.subarray(0, bytes.length * share)))).rejects.toMatchObject(failure);
  });

  it('says what the platform said', async () => {
    await expect(decodeDetailedReport(bytesOf(xmlSample('error-no-report.server')))).rejects.toMatchObject({
      name: 'RefusedError',
      platformText: 'No report available.',
    });
  });
});

describe('reports on disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-report-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('a missing file is a local error', async () => {
    const file = join(folder, 'absent.xml');
    const expected = { name: 'LocalError', code: 'report-unreadable', message: expect.stringContaining('ENOENT') };
    await expect(readDetailedReport(file)).rejects.toMatchObject(expected);
    await expect(listOf(readReportFindings(file))).rejects.toMatchObject(expected);
  });

  it('a folder is a local error', async () => {
    await expect(readDetailedReport(folder)).rejects.toMatchObject({ name: 'LocalError', message: expect.stringContaining('EISDIR') });
  });

  it('a cut file is a protocol error', async () => {
    const file = join(folder, 'cut.xml');
    await writeFile(file, xmlSample('detailedreport.server').subarray(0, 5000));
    await expect(readDetailedReport(file)).rejects.toMatchObject({ name: 'ProtocolError', code: 'malformed-xml' });
  });

  it('findings go by one at a time: what is kept does not grow with the report', async () => {
    // Parts are made as they are asked for, so the largest number of findings in hand shows what is held back.
    let made = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const part of writeReport({ findings: 20_000 })) {
        made += 1;
        yield part;
      }
    }
    let read = 0;
    let mostInHand = 0;
    for await (const _finding of decodeReportFindings(counted())) {
      read += 1;
      mostInHand = Math.max(mostInHand, made * 100 - read);
    }
    expect(read).toBe(20_000);
    expect(mostInHand).toBeLessThanOrEqual(300);
  });
});
