import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withFacts } from '../../test/facts.js';
import { restSample } from '../../test/samples.js';
import type { Finding } from '../domain/finding.js';
import { plainDescription } from './finding-text.js';
import { decodeDynamicFlaw, decodeStaticFlaw } from './rest-documents/flaw-details.js';
import { decodeSummaryReport } from './rest-documents/summary-report.js';
import { decodeRestFinding } from './rest-findings.js';
import { type JsonObject, optionalObject, parseJsonObject, requireObject, requireObjects } from './rest.js';

function findingsOf(text: string): readonly Finding[] {
  const embedded = optionalObject(parseJsonObject(text, 'test'), '_embedded', 'test');
  return embedded === null ? [] : requireObjects(embedded, 'findings', 'test').map((item) => decodeRestFinding(item, 'test'));
}

/** The first static finding of the sample, with other fields. */
function changed(more: JsonObject, details: JsonObject = {}): JsonObject {
  const embedded = requireObject(parseJsonObject(restSample('findings-static'), 'test'), '_embedded', 'test');
  const [first = {}] = requireObjects(embedded, 'findings', 'test');
  return { ...first, finding_details: { ...requireObject(first, 'finding_details', 'test'), ...details }, ...more };
}

describe('decodeRestFinding', () => {
  it('reads a static finding whole', () => {
    expect(findingsOf(restSample('findings-static'))[0]).toEqual({
      id: '7',
      kind: 'static',
      severity: 4,
      cwe: 89,
      cweName: "Improper Neutralization ('SQL Injection')",
      category: 'SQL Injection',
      description:
        'The query has outside data: a < b && c.\r\n\r\nUse parameters.\r\n\r\nReferences: CWE (https://cwe.mitre.org/data/definitions/89.html)',
      location: {
        module: 'shop.war',
        file: 'com/example/shop/OrderDao.java',
        repositoryPath: null,
        line: 117,
        function: 'com.example.shop.OrderDao.find',
        url: null,
        parameter: null,
      },
      status: 'new',
      affectsPolicy: true,
      mitigation: { state: 'none', reason: null, approver: null },
      firstFoundAt: '2026-01-06T10:00:00.000Z',
      gracePeriodExpiresAt: '2026-04-06T10:00:00.000Z',
      exploitability: 1,
      remediationEffort: null,
      component: null,
      flawMatch: null,
      dataPaths: null,
    });
  });

  it.each<[string, object]>([
    ['8', { status: 'open', mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'lee' }, location: { file: 'src/Shop/Cart.cs' } }],
    ['9', { description: 'Plain text.', mitigation: { state: 'accepted', reason: 'Potential False Positive', approver: null }, location: { file: null, line: null } }],
    ['10', { mitigation: { state: 'proposed', reason: 'Accept the Risk', approver: null }, location: { file: 'src/main/A.java' } }],
    ['11', { mitigation: { state: 'rejected', reason: 'Potential False Positive', approver: 'lee' }, location: { file: 'WEB-INF/lib/b.jsp' } }],
    ['12', { status: 'fixed' }],
    ['13', { status: 'unknown', mitigation: { state: 'unknown', reason: null } }],
  ])('reads the static finding %s', (id, wanted) => {
    expect(findingsOf(restSample('findings-static')).find((finding) => finding.id === id)).toMatchObject(wanted);
  });

  it('reads dynamic findings: base64, and both spellings of the address', () => {
    expect(findingsOf(restSample('findings-dynamic'))).toMatchObject([
      { id: '205', kind: 'dynamic', description: 'The page shows q.\r\n\r\nEncode it.', location: { url: 'https://shop.example/search?q=1', parameter: 'q', file: null } },
      { id: '206', description: 'Weak', location: { url: 'https://shop.example/', parameter: null } },
    ]);
  });

  it('reads manual findings: the place is an address or a path', () => {
    expect(findingsOf(restSample('findings-manual'))).toMatchObject([
      { id: '11', kind: 'manual', severity: 5, category: null, location: { url: 'https://shop.example/orders/1', file: null } },
      { id: '12', location: { url: null, file: 'etc/shop.conf' } },
    ]);
  });

  it('reads components, whose identity is made of component and vulnerability', () => {
    expect(findingsOf(restSample('findings-sca'))).toMatchObject([
      {
        id: 'c1:CVE-1999-99001',
        kind: 'sca',
        status: 'new',
        component: { cvss: 7.5, version: '1.0', licences: [{ name: 'apache-2.0', risk: 2 }, { name: 'house-licence', risk: null }] },
        location: { file: 'shop.war#zip:WEB-INF/lib/json-1.0.jar' },
      },
      { id: 'c1:CVE-1999-99002', component: { cvss: 3.1 }, location: { file: 'lib/json-1.0.jar' } },
      { id: 'xml-2.jar:SRCCLR-SID-1', component: { id: null, cvss: 5 }, location: { file: 'xml-2.jar' } },
    ]);
    expect(findingsOf(restSample('findings-none'))).toEqual([]);
  });

  it.each<[word: string | undefined, resolution: string, wanted: Finding['mitigation']]>([
    ['NONE', 'UNRESOLVED', { state: 'none', reason: null, approver: null }],
    ['PROPOSED', 'UNRESOLVED', { state: 'proposed', reason: null, approver: null }],
    ['APPROVED', 'MITIGATED', { state: 'accepted', reason: null, approver: null }],
    ['APPROVED', 'POTENTIAL_FALSE_POSITIVE', { state: 'accepted', reason: 'Potential False Positive', approver: null }],
    ['REJECTED', 'UNRESOLVED', { state: 'rejected', reason: null, approver: null }],
    ['ACCEPTED', 'MITIGATED', { state: 'unknown', reason: null, approver: null }],
    [undefined, 'MITIGATED', { state: 'unknown', reason: null, approver: null }],
  ])('of a component says what was decided (%s, %s), and invents neither why nor by whom', (word, resolution, wanted) => {
    const embedded = requireObject(parseJsonObject(restSample('findings-sca'), 'test'), '_embedded', 'test');
    const [first = {}] = requireObjects(embedded, 'findings', 'test');
    const status = { ...requireObject(first, 'finding_status', 'test'), resolution_status: word, resolution };
    expect(decodeRestFinding({ ...first, finding_status: status }, 'test').mitigation).toEqual(wanted);
  });

  it.each<[string, JsonObject]>([
    ['an unknown kind', changed({ scan_type: 'MOBILE' })],
    ['no kind', changed({ scan_type: null })],
    ['no id', changed({ issue_id: null })],
    ['an id that is text', changed({ issue_id: '7' })],
    ['no details', changed({ finding_details: null })],
    ['a severity beyond 5', changed({}, { severity: 6 })],
    ['a severity that is text', changed({}, { severity: '4' })],
    ['a date that is none', changed({ grace_period_expires_date: 'soon' })],
    ['a component without a vulnerability', changed({ scan_type: 'SCA' })],
  ])('refuses %s', (_, finding) => {
    expect(() => decodeRestFinding(finding, 'test')).toThrow(expect.objectContaining({ name: 'ProtocolError', code: 'unexpected-shape' }));
  });

  it.each<[string, JsonObject, object]>([
    ['flags that are text', changed({ violates_policy: 'true' }), { affectsPolicy: null }],
    ['a line of 0', changed({}, { file_line_number: 0 }), { location: { line: null } }],
    ['a path of another file', changed({}, { file_path: '/views/a.jsp', file_name: 'b.jsp' }), { location: { file: '/views/a.jsp' } }],
    ['a name without a path', changed({}, { file_path: '', file_name: 'b.jsp' }), { location: { file: 'b.jsp' } }],
    ['no state', changed({ finding_status: null }), { status: 'unknown', mitigation: { state: 'unknown' }, firstFoundAt: null }],
    ['an exploitability beyond the scale', changed({}, { exploitability: 3 }), { exploitability: null }],
    ['no CWE', changed({}, { cwe: null }), { cwe: null, cweName: null }],
  ])('makes the best of %s', (_, finding, wanted) => {
    expect(decodeRestFinding(finding, 'test')).toMatchObject(wanted);
  });
});

describe('plainDescription', () => {
  it.each([
    ['', ''],
    ['a < b > c', 'a < b > c'],
    ['List<String> is kept', 'List<String> is kept'],
    ['<span>a</span><span>b</span>', 'a\r\n\r\nb'],
    ['&#65;&#x42;&lt;&unknown;&#0;&#x110000;', 'AB<&unknown;&#0;&#x110000;'],
    ['<a href="https://x.example/?a=1&amp;b=2">X</a>', 'X (https://x.example/?a=1&b=2)'],
    ['<a>X</a>', 'X'],
    ['abcd', 'abcd'],
    ['////', '////'],
    [Buffer.from('no markup at all').toString('base64'), Buffer.from('no markup at all').toString('base64')],
    [Buffer.from('<p>é</p>').toString('base64'), 'é'],
  ])('%j becomes %j', (html, text) => {
    expect(plainDescription(html)).toBe(text);
  });

  it('keeps a tag that never ends', () => {
    expect(plainDescription('<a '.repeat(100_000))).toHaveLength(299_999);
  });
});

describe('details and summary', () => {
  it('reads data paths', () => {
    expect(decodeStaticFlaw(parseJsonObject(restSample('static-flaw-info'), 'test'), 'test')).toEqual({
      findingId: '7',
      buildId: '5000001',
      dataPaths: [
        {
          module: 'shop.war',
          file: 'com/example/shop/OrderDao.java',
          line: 117,
          function: 'find',
          steps: [
            { position: 2, file: 'com/example/shop/OrderDao.java', line: 117, function: 'find' },
            { position: 1, file: 'Orders.java', line: null, function: 'UNKNOWN' },
          ],
        },
        { module: 'shop.war', file: null, line: null, function: null, steps: [] },
      ],
    });
  });

  it('reads request and response', () => {
    expect(decodeDynamicFlaw(parseJsonObject(restSample('dynamic-flaw-info'), 'test'), 'test')).toEqual({
      findingId: '205',
      buildId: '5000001',
      url: 'https://shop.example/search?q=1',
      method: 'GET',
      attackVectors: [{ name: 'q', type: 'QUERY', originalValue: '1', injectedValue: '<x>' }],
      requestBase64: 'R0VUIC8=',
      responseBase64: 'T0s=',
    });
  });

  const summary = parseJsonObject(restSample('summary-report-sandbox'), 'test');

  it('reads a summary', () => {
    expect(decodeSummaryReport(summary, 'test')).toMatchObject({
      sandboxName: 'dev',
      policyVersion: '3',
      policyEvaluation: 'did-not-pass',
      policyRulesStatus: 'pass',
      scanOverdue: true,
      gracePeriodExpired: false,
      lastUpdatedAt: '2026-03-02T13:15:30.000Z',
      flawsBySeverity: { 0: 0, 1: 0, 2: 2, 3: 0, 4: 3, 5: 0 },
      thirdPartyComponents: 2,
    });
  });

  it.each<[string, JsonObject]>([
    ['a total that is not the sum', { total_flaws: 4 }],
    ['a severity that does not exist', { severity: [{ level: 6 }] }],
    ['no severities', { severity: null }],
    ['no build', { build_id: null }],
  ])('refuses %s', (_, more) => {
    expect(() => decodeSummaryReport({ ...summary, ...more }, 'test')).toThrow(expect.objectContaining({ code: 'unexpected-shape' }));
  });

  it('takes a word that nobody knows for no evaluation', () => {
    const report = decodeSummaryReport({ ...summary, policy_compliance_status: 'Splendid', software_composition_analysis: null }, 'test');
    expect(report).toMatchObject({ policyEvaluation: 'unknown', policyEvaluationText: 'Splendid', thirdPartyComponents: null });
  });
});

withFacts('recorded REST findings', (facts) => {
  const rest = join(facts, 'veracode-api', 'samples', 'rest');

  describe('recorded REST findings', () => {
    const files = readdirSync(join(rest, 'findings')).filter((file) => file.endsWith('.json'));

    it.each(files)('%s decodes', (file) => {
      const findings = findingsOf(readFileSync(join(rest, 'findings', file), 'utf8'));
      expect(findings.length > 0).toBe(!/empty|none/.test(file));
      for (const finding of findings) {
        expect(finding.description).not.toMatch(/<\/?span|^[A-Za-z0-9+/]{80,}/);
        expect([finding.status, finding.mitigation.state]).not.toContain('unknown');
        expect([finding.cwe, finding.firstFoundAt]).not.toContain(null);
      }
    });
  });
});
