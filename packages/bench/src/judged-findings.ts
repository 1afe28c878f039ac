import { createFindingCounter, type JudgedFinding, type Severity } from '@verapipe/core';
import type { ReportInput } from '@verapipe/reports';

const SEVERITIES: readonly Severity[] = [5, 4, 3, 2, 1, 0];
const DESCRIPTION =
  'This call to executeQuery() contains an SQL injection flaw. The application puts the query together from text that comes from ' +
  'outside, so that an attacker can change what the query does. The first argument has data of the variable "name" in it, which came ' +
  'from an earlier call to getParameter(). Use prepared statements with bound values, and check data from outside wherever it is used.';

/** What a report of that many findings is made from. Findings are made when they are read, so that the peak is the report's. */
export function judgedFindings(count: number): ReportInput {
  const counter = createFindingCounter();
  for (let index = 0; index < count; index += 1) counter.add(findingOf(index));
  const tally = counter.tally();
  return {
    findings: { [Symbol.asyncIterator]: () => iterate(count) },
    tally,
    earlier: [],
    changes: null,
    incomplete: null,
    results: {
      schemaVersion: 1,
      tool: { name: 'verapipe', version: '0.0.0' },
      generatedAt: '2026-11-02T09:30:00.000Z',
      ci: null,
      platform: null,
      application: { id: '20002', name: 'Bench', created: false },
      sandbox: null,
      scan: { kind: 'policy', id: '50005', name: 'bench', status: 'results-ready', statusText: 'Results Ready', startedAt: null, publishedAt: null, url: 'https://analysiscenter.example/#50005', modules: [] },
      artifacts: [],
      policy: null,
      proof: null,
      gates: [{ id: 'policy', outcome: 'fail', sentence: 'The policy is Did Not Pass.', numbers: {} }],
      verdict: 'fail',
      reportOnly: false,
      counts: tally,
      pathMapping: null,
      dataPaths: null,
      failure: null,
      outage: null,
      lint: null,
    },
  };
}

async function* iterate(count: number): AsyncGenerator<JudgedFinding, void> {
  for (let index = 0; index < count; index += 1) yield findingOf(index);
}

/** Every fourth is about a component, as in a scan with open-source libraries. */
function findingOf(index: number): JudgedFinding {
  const isSca = index % 4 === 3;
  const component = `lib-${index % 3000}`;
  const vulnerability = `CVE-2026-${10_000 + index}`;
  const file = `src/main/java/com/example/bench/pages/Page${index % 5000}.java`;
  return {
    id: isSca ? `${component}:${vulnerability}` : String(index),
    kind: isSca ? 'sca' : 'static',
    severity: SEVERITIES[index % SEVERITIES.length] ?? 0,
    cwe: 20 + (index % 80),
    cweName: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    category: 'SQL Injection',
    description: DESCRIPTION,
    location: { module: 'bench.jar', file: isSca ? null : file, repositoryPath: isSca ? null : file, line: isSca ? null : (index % 2000) + 1, function: 'render', url: null, parameter: null },
    status: index % 10 === 0 ? 'new' : 'open',
    affectsPolicy: index % 2 === 0,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-11-01T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: 1,
    remediationEffort: 3,
    component: isSca ? { id: component, fileName: `${component}.jar`, version: '1.2.3', vulnerabilityId: vulnerability, cvss: 7.5, licences: [{ name: 'Apache-2.0', risk: 2 }] } : null,
    flawMatch: null,
    dataPaths: null,
    standing: 'open',
    waiver: null,
  };
}
