import type { Finding, FindingComponent } from '../src/domain/finding.js';

/** An open static finding of severity High; give what a test is about. */
export function sampleFinding(facts: Partial<Finding> = {}): Finding {
  return {
    id: '7',
    kind: 'static',
    severity: 4,
    cwe: 89,
    cweName: 'SQL Injection',
    category: 'SQL Injection',
    description: 'A query is put together from text.',
    location: { module: 'shop.war', file: 'src/OrderDao.java', repositoryPath: null, line: 117, function: 'find', url: null, parameter: null },
    status: 'open',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-11-01T00:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: 1,
    remediationEffort: 3,
    component: null,
    flawMatch: null,
    dataPaths: null,
    ...facts,
  };
}

/** A component with a CVSS score of 9.8 and a licence of high risk; give what a test is about. */
export function sampleComponent(facts: Partial<FindingComponent> = {}): FindingComponent {
  return { id: 'c1', fileName: 'log.jar', version: '1.0', vulnerabilityId: 'CVE-2026-0001', cvss: 9.8, licences: [{ name: 'GPL-3.0', risk: 4 }], ...facts };
}
