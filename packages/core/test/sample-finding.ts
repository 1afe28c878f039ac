import type { Finding, FindingComponent } from '../src/domain/finding.js';
import { madeFinding } from './made-findings.js';

/** An open static finding of severity High that affects the policy; give what a test is about. */
export function sampleFinding(facts: Partial<Finding> = {}): Finding {
  const location = { file: 'src/OrderDao.java', line: 117 };
  return madeFinding({ id: '7', severity: 4, affectsPolicy: true, cweName: 'SQL Injection', firstFoundAt: '2026-11-01T00:00:00.000Z', exploitability: 1, remediationEffort: 3, location, ...facts });
}

/** A component with a CVSS score of 9.8 and a licence of high risk; give what a test is about. */
export function sampleComponent(facts: Partial<FindingComponent> = {}): FindingComponent {
  return { id: 'c1', fileName: 'log.jar', version: '1.0', vulnerabilityId: 'CVE-2026-0001', cvss: 9.8, licences: [{ name: 'GPL-3.0', risk: 4 }], ...facts };
}
