import { describe, expect, it } from '@jest/globals';
import { bytesOf, flaws, listOf } from '../../test/report-text.js';
import { STYLES, xmlSample } from '../../test/samples.js';
import type { Finding } from '../domain/finding.js';
import { decodeReportFindings } from './detailed-report-stream.js';

async function onlyFinding(text: string): Promise<Finding | undefined> {
  const findings = await listOf(decodeReportFindings(bytesOf(text)));
  expect(findings).toHaveLength(1);
  return findings[0];
}

const DESCRIPTION = 'First line.\r\n\r\nSecond <b>line</b> & more.';
const NOWHERE = { module: null, file: null, line: null, function: null, url: null, parameter: null };

const FINDINGS: readonly Finding[] = [
  {
    id: '11',
    kind: 'manual',
    severity: 5,
    cwe: 639,
    cweName: 'Authorization Bypass',
    category: 'Authorization Issues',
    description: 'Orders of others can be read.',
    location: { ...NOWHERE, module: 'manual', url: 'https://shop.example/orders/1' },
    status: 'new',
    affectsPolicy: true,
    mitigation: { state: 'proposed', reason: 'Accept the Risk', approver: null },
    firstFoundAt: '2026-02-01T08:00:00.000Z',
    gracePeriodExpiresAt: '2026-05-02T08:00:00.000Z',
    exploitability: -2,
    remediationEffort: 2,
    component: null,
  },
  {
    id: '7',
    kind: 'static',
    severity: 4,
    cwe: 89,
    cweName: "Improper Neutralization ('SQL Injection')",
    category: 'SQL Injection',
    description: DESCRIPTION,
    location: { ...NOWHERE, module: 'shop.war', file: 'com/example/shop/OrderDao.java', line: 117, function: 'void find(java.lang.String)' },
    status: 'new',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-01-06T10:00:00.000Z',
    gracePeriodExpiresAt: '2026-04-06T10:00:00.000Z',
    exploitability: 1,
    remediationEffort: 3,
    component: null,
  },
  {
    id: '8',
    kind: 'static',
    severity: 3,
    cwe: 80,
    cweName: 'Basic XSS',
    category: 'Cross-Site Scripting (XSS)',
    description: DESCRIPTION,
    location: { ...NOWHERE, module: 'shop.war', file: 'src/web/OrderDao.java', function: 'void find(java.lang.String)' },
    status: 'reopened',
    affectsPolicy: false,
    mitigation: { state: 'accepted', reason: 'Potential False Positive', approver: 'lee' },
    firstFoundAt: '2026-01-06T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: 1,
    remediationEffort: 3,
    component: null,
  },
  {
    id: '9',
    kind: 'static',
    severity: 2,
    cwe: 209,
    cweName: 'Error messages',
    category: 'Information Leakage',
    description: DESCRIPTION,
    location: { ...NOWHERE, module: 'shop.war', line: 117, function: 'void find(java.lang.String)' },
    status: 'fixed',
    affectsPolicy: true,
    mitigation: { state: 'rejected', reason: 'Mitigate by OS Environment', approver: 'lee' },
    firstFoundAt: '2026-01-06T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: 1,
    remediationEffort: 3,
    component: null,
  },
  {
    id: '10',
    kind: 'dynamic',
    severity: 1,
    cwe: 16,
    cweName: 'Configuration',
    category: 'Server Configuration',
    description: DESCRIPTION,
    location: { ...NOWHERE, module: 'dynamic_analysis', url: 'https://shop.example/search', parameter: 'q' },
    status: 'cannot-reproduce',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-01-06T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: 3,
    component: null,
  },
  {
    id: '0012',
    kind: 'static',
    severity: 0,
    cwe: 1,
    cweName: 'Nothing known',
    category: 'Other',
    description: '',
    location: NOWHERE,
    status: 'unknown',
    affectsPolicy: null,
    mitigation: { state: 'unknown', reason: null, approver: null },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: null,
  },
  {
    id: '7d3c1f6e-0000-4000-8000-0000000000a1:CVE-2026-10001',
    kind: 'sca',
    severity: 5,
    cwe: 502,
    cweName: null,
    category: null,
    description: 'Deserialises <anything>.',
    location: { ...NOWHERE, file: 'shop.war#WEB-INF/lib/oldlib-1.2.jar' },
    status: 'open',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-01-06T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: {
      id: '7d3c1f6e-0000-4000-8000-0000000000a1',
      fileName: 'oldlib-1.2.jar',
      version: '1.2',
      vulnerabilityId: 'CVE-2026-10001',
      cvss: 9.8,
    },
  },
  {
    id: '7d3c1f6e-0000-4000-8000-0000000000a1:SRCCLR-SID-1',
    kind: 'sca',
    severity: 3,
    cwe: null,
    cweName: null,
    category: null,
    description: '',
    location: { ...NOWHERE, file: 'shop.war#WEB-INF/lib/oldlib-1.2.jar' },
    status: 'open',
    affectsPolicy: false,
    mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'lee' },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: {
      id: '7d3c1f6e-0000-4000-8000-0000000000a1',
      fileName: 'oldlib-1.2.jar',
      version: '1.2',
      vulnerabilityId: 'SRCCLR-SID-1',
      cvss: 5,
    },
  },
  {
    id: 'plain.js:CVE-2026-10002',
    kind: 'sca',
    severity: 0,
    cwe: 79,
    cweName: null,
    category: null,
    description: '',
    location: { ...NOWHERE, file: 'plain.js' },
    status: 'open',
    affectsPolicy: null,
    mitigation: { state: 'unknown', reason: null, approver: null },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: { id: null, fileName: 'plain.js', version: null, vulnerabilityId: 'CVE-2026-10002', cvss: null },
  },
];

describe('findings of a report', () => {
  it.each(STYLES)('normalises findings of every kind, written as %s', async (style) => {
    await expect(listOf(decodeReportFindings(bytesOf(xmlSample(`detailedreport.${style}`))))).resolves.toEqual(FINDINGS);
  });
});

describe('one finding', () => {
  it.each<[string, string, string, object]>([
    ['a path of two systems', 'staticflaws', 'sourcefilepath="a\\b\\" sourcefile="c.cs"', { location: { file: 'a/b/c.cs' } }],
    ['a file without folder', 'staticflaws', 'sourcefile="c.cs"', { location: { file: 'c.cs' } }],
    ['a procedure', 'staticflaws', 'procedure_name="main"', { location: { function: 'main' } }],
    ['a line that is none', 'staticflaws', 'line="-5"', { location: { line: null } }],
    ['a place in words', 'manualflaws', 'location="The login form"', { kind: 'manual', location: { file: 'The login form', url: null } }],
    ['the weakness of its group', 'staticflaws', 'cweid="x"', { cwe: 5, cweName: 'W', category: 'C' }],
    ['an effort beyond measure', 'staticflaws', 'remediationeffort="6" exploitLevel="-3"', { remediationEffort: null, exploitability: null }],
    ['numbers that are none', 'staticflaws', 'remediationeffort="1.5" exploitLevel="high"', { remediationEffort: null, exploitability: null }],
    ['words in capitals', 'staticflaws', 'remediation_status="RE-OPENED" mitigation_status="Accepted"', { status: 'reopened', mitigation: { state: 'accepted' } }],
    ['an older word', 'staticflaws', 'remediation_status="Reopen"', { status: 'reopened' }],
    ['a word that nobody documented', 'staticflaws', 'remediation_status="Mitigated" mitigation_status="approved"', { status: 'unknown', mitigation: { state: 'unknown' } }],
    ['the name of a prototype', 'staticflaws', 'remediation_status="constructor" mitigation_status="__proto__"', { status: 'unknown', mitigation: { state: 'unknown' } }],
  ])('%s', async (_name, kind, attributes, expected) => {
    await expect(onlyFinding(flaws(kind, `<flaw issueid="1" ${attributes}/>`))).resolves.toMatchObject(expected);
  });

  it.each<[string, string, string, object]>([
    ['the newest proposal counts', 'proposed', '<mitigation action="Old"/><mitigation action="New"/>', { state: 'proposed', reason: 'New', approver: null }],
    ['a decision has an approver', 'accepted', '<mitigation action="New" user="a"/><mitigation action="Approve Mitigation" user="b"/>', { state: 'accepted', reason: 'New', approver: 'b' }],
    ['another spelling', 'rejected', '<mitigation action="New"/><mitigation action="Rejected" user="b"/>', { state: 'rejected', reason: 'New', approver: 'b' }],
    ['a decision that was overtaken has none', 'proposed', '<mitigation action="Approve Mitigation" user="b"/><mitigation action="New"/>', { state: 'proposed', reason: 'New', approver: null }],
    ['remarks are no mitigation', 'none', '<mitigation action="Looked at it" user="b"/>', { state: 'none', reason: null, approver: null }],
    ['an entry without action', 'accepted', '<mitigation user="b"/>', { state: 'accepted', reason: null, approver: null }],
    ['an approver without name', 'accepted', '<mitigation action="Approve Mitigation"/>', { state: 'accepted', reason: null, approver: null }],
  ])('%s', async (_name, state, history, expected) => {
    const text = flaws('staticflaws', `<flaw issueid="1" mitigation_status="${state}"><mitigations>${history}</mitigations></flaw>`);
    await expect(onlyFinding(text)).resolves.toMatchObject({ mitigation: expected });
  });
});
