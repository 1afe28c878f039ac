import { createFindingCounter, type JudgedFinding, type Severity } from '@verapipe/core';

import type { ReportInput } from '../src/report.js';
import { sampleFinding, sampleResults } from './samples.js';

const KINDS = ['static', 'static', 'sca', 'dynamic', 'manual'] as const;

/** A finding like no other, of every kind, severity and standing in turn; the same for the same number. */
function madeFinding(index: number): JudgedFinding {
  const kind = KINDS[index % KINDS.length] ?? 'static';
  const file = kind === 'dynamic' || index % 7 === 0 ? null : `src/main/java/Class${String(index % 300)}.java`;
  const status = index % 11 === 0 ? 'fixed' : 'open';
  const isMitigated = index % 13 === 0;
  return sampleFinding({
    id: String(index),
    kind,
    severity: (index % 6) as Severity,
    cwe: index % 17 === 0 ? null : 1 + (index % 200),
    cweName: `Weakness ${String(index % 200)}`,
    status,
    standing: status === 'fixed' ? 'fixed' : index % 19 === 0 ? 'waived' : isMitigated ? 'mitigated' : 'open',
    waiver: status !== 'fixed' && index % 19 === 0 ? { reason: 'Behind a firewall.', owner: 'Ann', expires: '2027-01-01' } : null,
    mitigation: isMitigated ? { state: 'accepted', reason: 'By design', approver: 'Bob' } : { state: 'none', reason: null, approver: null },
    location: { ...sampleFinding().location, file, line: file === null ? null : 1 + (index % 900), url: kind === 'dynamic' ? `https://shop.example/page/${String(index)}?q=1` : null },
    component: kind === 'sca' ? { id: `c${String(index % 50)}`, fileName: `lib-${String(index % 50)}.jar`, version: '1.2.3', vulnerabilityId: `CVE-2026-${String(10_000 + index)}`, cvss: index % 11, licences: [] } : null,
    dataPaths: index % 3 === 0 && file !== null ? [{ steps: [{ file, repositoryPath: null, line: 3, function: 'read' }, { file, repositoryPath: null, line: 9, function: 'find' }] }] : null,
  });
}

/** A report about that many findings, which are made while they are read; `onRead` hears of each. */
export function madeReport(count: number, onRead: (index: number) => void = () => undefined): ReportInput {
  const counter = createFindingCounter();
  for (let index = 0; index < count; index += 1) counter.add(madeFinding(index));
  const tally = counter.tally();
  return { results: sampleResults({ counts: tally }), findings: { [Symbol.asyncIterator]: () => make(count, onRead) }, tally, earlier: [], changes: null, incomplete: null };
}

async function* make(count: number, onRead: (index: number) => void): AsyncGenerator<JudgedFinding, void> {
  for (let index = 0; index < count; index += 1) {
    onRead(index);
    yield madeFinding(index);
  }
}
