import { DEFAULT_JUDGEMENT } from '../../src/domain/judgement.js';
import { flawFingerprint } from '../../src/domain/flaw-fingerprint.js';
import type { Finding } from '../../src/domain/finding.js';
import type { Waiver, WaiverSubject } from '../../src/domain/waiver.js';
import { evaluateGates } from '../../src/gates/evaluate-gates.js';
import type { GateOptions, PipelinePolicy, ScanUnderJudgement } from '../../src/gates/gate.js';
import { NOW_MS, type Row } from './factors.js';
import { flawOf, flawsOf } from './flaw.js';
import type { Said } from './said.js';
import { findingsFrom } from './sources.js';

const GATES: Readonly<Record<Row['gate'], Partial<GateOptions>>> = {
  'none given': {},
  severity: { failOnSeverity: 4 },
  cwe: { failOnCwe: [89] },
  cvss: { failOnCvss: 9 },
  'licence-risk': { failOnLicenceRisk: 'high' },
  'max-findings': { maxFindings: { 4: 0 } },
  age: { maxFindingAge: 30 },
  'policy-rules': {},
};

const POLICY: PipelinePolicy = {
  name: 'P',
  rules: [{ type: 'MAX_SEVERITY', value: '4', scanTypes: ['STATIC'], requirement: { kind: 'severity', severity: 4 } }],
  customSeverities: [],
};

/** What the gates really say about a row. */
export async function judgeRow(row: Row): Promise<Said> {
  const findings = await findingsFrom(row.source, flawsOf(row));
  // Waivers and baselines name a finding as its source does, and may outlive it.
  const [subject] = await findingsFrom(row.source, [flawOf(row)]);
  if (subject === undefined) throw new Error('the source tells nothing of the flaw');
  const options: GateOptions = {
    ...DEFAULT_JUDGEMENT,
    ...GATES[row.gate],
    conditionalPass: row.conditionalPass,
    proposedMitigations: row.mitigation === 'proposed, borne' ? 'accepted' : 'open',
    gracePeriod: row.grace === 'runs, borne' || row.grace === 'over, borne' ? 'expired' : 'within',
    waivers: waiversOf(row, subject),
    known: row.baseline === 'none' ? null : { isKnown: ({ id }) => row.baseline === 'knows it' && id === subject.id },
  };
  try {
    const { gates, ...verdict } = await evaluateGates({ scan: scanOf(row), findings, reportedFindings: findings.length, nowMs: NOW_MS }, options);
    return { ...verdict, gates: gates.map(({ id, outcome, sentence }) => ({ id, outcome, sentence })) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function scanOf({ source, gate, evaluation }: Row): ScanUnderJudgement {
  switch (source) {
    case 'findings API':
      return { kind: 'list' };
    case 'pipeline results':
      return { kind: 'pipeline', policy: gate === 'policy-rules' ? POLICY : null };
    case 'detailed report, sandbox scan':
      // A sandbox is judged by its rules; its own evaluation says nothing.
      return { kind: 'sandbox', policyName: 'House rules', policyEvaluation: 'unknown', rulesStatus: evaluation };
    case 'detailed report, policy scan':
    case 'results file, policy scan':
      return { kind: 'policy', policyName: 'House rules', policyEvaluation: evaluation, rulesStatus: 'unknown' };
  }
}

function waiversOf({ waiver, ...row }: Row, finding: Finding): readonly Waiver[] {
  if (waiver === 'none') return [];
  const subjects: Readonly<Record<typeof waiver, WaiverSubject>> = {
    'by id': { finding: finding.id },
    'by path': { path: 'src/**', cwe: flawOf({ waiver, ...row }).cwe },
    'by fingerprint': { fingerprint: finding.flawMatch === null ? '1:2:7:1:1:3:1:1' : flawFingerprint(finding.flawMatch) },
    expired: { finding: finding.id },
    unused: { finding: 'another' },
  };
  // The day that is named last is the last day on which it applies.
  return [{ subject: subjects[waiver], reason: 'r', owner: 'Ann', expires: waiver === 'expired' ? '2026-11-24' : '2026-11-25' }];
}
