import type { FindingTally, GateOutcome, PolicyEvaluation } from '@verapipe/core';

import { countOf } from './count-of.js';
import { printable } from './printable.js';
import type { PolicyFacts, ScanFacts, ScanResults } from './scan-results.js';
import { SEVERITIES, severityName } from './severity-name.js';

const EVALUATION_WORDS: Readonly<Record<PolicyEvaluation, string>> = {
  pass: 'Pass',
  'conditional-pass': 'Conditional Pass',
  'did-not-pass': 'Did Not Pass',
  'not-assessed': 'Not Assessed',
  calculating: 'still calculating',
  unknown: 'in a word that is not known',
};

/** The word that a verdict begins with. @public */
export const VERDICT_WORDS: Readonly<Record<ScanResults['verdict'], string>> = {
  pass: 'PASS',
  warn: 'WARN',
  fail: 'FAIL',
  pending: 'NOT JUDGED',
  none: 'NO VERDICT',
};

/**
 * Says in one sentence how a run ended and what proves it: scan, state, modules, findings read against findings
 * reported, policy evaluation and its time. Pure.
 *
 * @public
 */
export function renderVerdictSentence(results: ScanResults): string {
  const word = VERDICT_WORDS[results.verdict];
  const { proof, scan } = results;
  if (scan === null) return `${word}: ${results.counts === null ? 'nothing was scanned' : 'the findings come from a file, and nobody judged them'}.`;
  const subject = subjectOf(results, scan);
  if (proof === null) {
    const status = scan.statusText === null ? '' : ` Its status is "${printable(scan.statusText)}".`;
    const state = results.verdict === 'pending' ? 'was submitted, read back and not waited for' : 'came to no judgement';
    return `${word}: ${subject} ${state}.${status}`;
  }
  const { policy, counts, modulesScanned } = proof;
  const parts = [
    `${word}: ${subject} is "${printable(scan.statusText ?? proof.status)}"`,
    `${countOf(modulesScanned, 'module')} scanned`,
    `${String(counts.read)} of ${countOf(counts.reported, 'reported finding')} read`,
  ];
  if (policy !== null) parts.push(policyPart(scan.kind, policy));
  return `${parts.join(', ')}.`;
}

function policyPart(kind: ScanFacts['kind'], policy: PolicyFacts): string {
  const name = policy.name === null ? 'policy' : `policy "${printable(policy.name)}"`;
  return `${name} ${policyWords(kind, policy)}${policy.evaluatedAt === null ? '' : ` (${policy.evaluatedAt})`}`;
}

/** A sandbox never gets more than Conditional Pass, so the state of the rules is said with it. */
function policyWords(kind: ScanFacts['kind'], policy: PolicyFacts): string {
  const evaluation = EVALUATION_WORDS[policy.evaluation];
  return kind === 'policy' ? evaluation : `rules ${EVALUATION_WORDS[policy.rulesStatus]}, evaluation ${evaluation}`;
}

/** Renders one line for each gate: outcome, id, sentence; every line ended. Pure. @public */
export function renderGates(
  gates: ScanResults['gates'],
  paint: (outcome: GateOutcome, text: string) => string = (_outcome, text) => text,
): string {
  const idColumns = Math.max(0, ...gates.map((gate) => gate.id.length));
  const lines = gates.map(
    ({ id, outcome, sentence }) => `${paint(outcome, outcome)}  ${id.padEnd(idColumns)}  ${printable(sentence)}\n`,
  );
  return lines.join('');
}

/** Says in one line how many findings there are, by severity. Pure. @public */
export function renderCounts(tally: FindingTally): string {
  if (tally.total === 0) return 'No findings.';
  const severities = SEVERITIES.filter((severity) => tally.bySeverity[severity] > 0).map(
    (severity) => `${String(tally.bySeverity[severity])} ${severityName(severity)}`,
  );
  const parts = [`${countOf(tally.total, 'finding')}: ${severities.join(', ')}`];
  if (tally.affectingPolicy > 0) parts.push(`${String(tally.affectingPolicy)} against the policy`);
  if (tally.mitigated > 0) parts.push(`${String(tally.mitigated)} mitigated`);
  return `${parts.join('; ')}.`;
}

function subjectOf({ application, sandbox }: ScanResults, scan: ScanFacts): string {
  const place = sandbox === null ? '' : `, sandbox "${printable(sandbox.name)}"`;
  const profile = application === null ? '' : ` of "${printable(application.name)}"${place}`;
  const id = scan.kind === 'pipeline' ? scan.id : `build ${scan.id}`;
  return `${scan.kind} scan "${printable(scan.name)}" (${printable(id)})${profile}`;
}
