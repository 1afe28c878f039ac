import type { JudgedFinding, Severity } from '@verapipe/core';

import type { ScanResults } from '../src/scan-results.js';
import { reportInput } from './report-input.js';
import { sampleFinding } from './samples.js';

const WEAKNESSES = [
  [89, 'SQL Injection', "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')", 4],
  [78, 'Command or Argument Injection', "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')", 5],
  [80, 'Cross-Site Scripting (XSS)', 'Improper Neutralization of Script-Related HTML Tags in a Web Page (Basic XSS)', 3],
  [73, 'Directory Traversal', 'External Control of File Name or Path', 3],
  [117, 'CRLF Injection', 'Improper Output Neutralization for Logs', 3],
  [327, 'Cryptographic Issues', 'Use of a Broken or Risky Cryptographic Algorithm', 3],
  [798, 'Credentials Management', 'Use of Hard-coded Credentials', 3],
  [404, 'Code Quality', 'Improper Resource Shutdown or Release', 0],
  [209, 'Information Leakage', 'Generation of Error Message Containing Sensitive Information', 2],
  [615, 'Information Leakage', 'Inclusion of Sensitive Information in Source Code Comments', 1],
] as const;
const PACKAGES = ['order', 'basket', 'account', 'payment', 'search', 'admin', 'mail', 'export'];
const CLASSES = ['Dao', 'Controller', 'Service', 'Filter', 'Mapper', 'Servlet', 'Client'];
const STATUSES = ['open', 'open', 'open', 'new', 'open', 'fixed', 'open', 'reopened'] as const;

/** As many findings as wanted, the same each time: of all severities, states and kinds, with decisions and data paths. */
export function manyFindings(count: number): readonly JudgedFinding[] {
  return Array.from({ length: count }, (_, index) => (index % 23 === 22 ? componentFinding(index) : codeFinding(index)));
}

function codeFinding(index: number): JudgedFinding {
  const [cwe, category, cweName, severity] = WEAKNESSES[(index * 7 + Math.floor(index / 11)) % WEAKNESSES.length] ?? WEAKNESSES[0];
  const folder = PACKAGES[index % PACKAGES.length] ?? '';
  const name = `${folder.slice(0, 1).toUpperCase()}${folder.slice(1)}${CLASSES[Math.floor(index / 8) % CLASSES.length] ?? ''}`;
  const file = `com/example/shop/${folder}/${name}.java`;
  const repositoryPath = `shop/src/main/java/${file}`;
  const line = 20 + ((index * 37) % 700);
  const status = STATUSES[index % STATUSES.length] ?? 'open';
  const isWaived = status === 'open' && index % 13 === 4;
  const isMitigated = status === 'open' && !isWaived && index % 17 === 6;
  return sampleFinding({
    id: String(1000 + index),
    severity,
    cwe,
    cweName,
    category,
    description: `The call to ${name}.find() takes data from outside, which reaches it without a check.\n\nThe value comes from javax.servlet.ServletRequest.getParameter and passes ${String(2 + (index % 3))} methods on its way.`,
    location: { module: index % 3 === 0 ? 'shop.war' : 'shop-admin.war', file, repositoryPath: index % 9 === 8 ? null : repositoryPath, line, function: 'find', url: null, parameter: null },
    status,
    affectsPolicy: severity >= 3 && status !== 'fixed',
    mitigation: isMitigated ? { state: 'accepted', reason: 'Mitigate by Network Environment', approver: 'dana' } : { state: 'none', reason: null, approver: null },
    standing: status === 'fixed' ? 'fixed' : isWaived ? 'waived' : isMitigated ? 'mitigated' : 'open',
    waiver: isWaived ? { reason: 'Behind the gateway until the new login is live', owner: 'ann@example.com', expires: '2027-01-31' } : null,
    dataPaths:
      severity < 4
        ? null
        : [
            {
              steps: [
                { file: `com/example/shop/${folder}/Request.java`, repositoryPath: `shop/src/main/java/com/example/shop/${folder}/Request.java`, line: 31, function: 'getName' },
                { file, repositoryPath, line: line - 6, function: 'find' },
                { file, repositoryPath, line, function: 'find' },
              ],
            },
          ],
  });
}

function componentFinding(index: number): JudgedFinding {
  const vulnerabilityId = `CVE-2024-${String(10_000 + index)}`;
  const fileName = `lib-${PACKAGES[index % PACKAGES.length] ?? ''}.jar`;
  const severity = ((index % 4) + 2) as Severity;
  return sampleFinding({
    id: `${fileName}:${vulnerabilityId}`,
    kind: 'sca',
    severity,
    cwe: 502,
    cweName: 'Deserialization of Untrusted Data',
    category: null,
    description: 'Objects from outside are deserialised without a list of allowed classes.',
    location: { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null },
    exploitability: null,
    remediationEffort: null,
    component: { id: `c${String(index)}`, fileName, version: '2.14.0', vulnerabilityId, cvss: 8.1, licences: [{ name: 'Apache-2.0', risk: 2 }] },
  });
}

/** Results of runs before, the oldest first: with fewer findings, and one that failed. */
export function earlierRuns(count: number): readonly ScanResults[] {
  return Array.from({ length: count }, (_, index) => {
    const generatedAt = `2026-11-${String(1 + index).padStart(2, '0')}T09:30:00.000Z`;
    const { results } = reportInput(manyFindings(20 + ((index * 17) % 31) + index * 3), { generatedAt, verdict: index % 4 === 3 ? 'pass' : 'fail' });
    return index === 1 ? { ...results, counts: null, verdict: 'none' } : results;
  });
}
