import type { JudgedFinding, Severity } from '@verapipe/core';

import type { ReportInput } from '../src/report.js';
import { reportInput } from './report-input.js';
import { NOTHING, PENDING, sampleFinding, sampleResults } from './samples.js';

const SEVERITIES: readonly Severity[] = [5, 4, 3, 2, 1, 0];
const STANDINGS = ['open', 'known', 'fixed', 'waived', 'mitigated', 'proposed', 'in-grace', 'open'] as const;

/** An SCA finding with every field filled in. */
export function scaFinding(facts: Partial<JudgedFinding> = {}): JudgedFinding {
  return sampleFinding({
    id: 'c1:CVE-2026-0001',
    kind: 'sca',
    component: { id: 'c1', fileName: 'log4you.jar', version: '2.14.1', vulnerabilityId: 'CVE-2026-0001', cvss: 9.8, licences: [{ name: 'Apache-2.0', risk: 2 }, { name: 'House licence', risk: 4 }] },
    location: { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null },
    ...facts,
  });
}

/** Findings of every severity, standing and kind. */
export function generatedFindings(count: number): readonly JudgedFinding[] {
  return Array.from({ length: count }, (_, index) => {
    const standing = STANDINGS[index % STANDINGS.length] ?? 'open';
    const facts: Partial<JudgedFinding> = {
      severity: SEVERITIES[index % SEVERITIES.length] ?? 0,
      cwe: 20 + (index % 40),
      standing,
      status: standing === 'fixed' ? 'fixed' : index % 5 === 0 ? 'new' : 'open',
      mitigation: standing === 'mitigated' ? { state: 'accepted', reason: 'Mitigate by Design', approver: 'ann' } : { state: 'none', reason: null, approver: null },
      waiver: standing === 'waived' ? { reason: 'Not reachable.', owner: 'bob', expires: '2027-01-01' } : null,
    };
    if (index % 4 === 3) {
      const component = { id: `c${String(index % 300)}`, fileName: `lib-${String(index % 300)}.jar`, version: '1.0', vulnerabilityId: `CVE-2026-${String(10_000 + index)}`, cvss: 7.5, licences: [] };
      return scaFinding({ ...facts, id: `${component.id}:${component.vulnerabilityId}`, component });
    }
    const file = `src/main/Page${String(index % 500)}.java`;
    return sampleFinding({ ...facts, id: String(index), location: { ...sampleFinding().location, file, repositoryPath: file, line: index + 1 } });
  });
}

/** Runs that came to no results. */
export const RUNS_WITHOUT_RESULTS: readonly (readonly [name: string, input: () => ReportInput])[] = [
  ['a failed run', (): ReportInput => withoutResults(NOTHING)],
  ['a run in a tolerated outage', (): ReportInput => withoutResults({ ...NOTHING, outage: { since: '2026-11-24T00:00:00Z', toleratedUntil: '2026-11-26T00:00:00Z', days: 2, owner: 'ann', reason: 'It was announced.' } })],
  ['a submitted scan', (): ReportInput => withoutResults(PENDING)],
];

function withoutResults(facts: Partial<ReportInput['results']>): ReportInput {
  return { ...reportInput([]), results: sampleResults(facts) };
}
