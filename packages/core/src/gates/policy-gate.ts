import type { PolicyEvaluation } from '../domain/build.js';
import type { ConditionalPass } from '../domain/judgement.js';
import type { Gate, GateOutcome, ScanUnderJudgement } from './gate.js';

/**
 * The platform's own judgement.
 *
 * A policy scan is judged by its policy evaluation. A sandbox never gets more than a Conditional Pass there, so it is
 * judged by whether the policy's rules are met. Undecided and unknown words fail. Nothing on this side takes a finding
 * out of it: the platform counts its own mitigations and grace periods, and knows of no waiver and no baseline.
 *
 * @see docs.veracode.com "Understanding policy evaluation"
 */
export function createPolicyGate(scan: Extract<ScanUnderJudgement, { kind: 'policy' | 'sandbox' }>, conditionalPass: ConditionalPass): Gate {
  const { kind, policyName, policyEvaluation, rulesStatus } = scan;
  const deciding = kind === 'sandbox' ? rulesStatus : policyEvaluation;
  const outcome = outcomeOf(deciding, conditionalPass);
  const policy = policyName === null ? 'the policy' : `policy "${policyName}"`;
  const subject = kind === 'sandbox' ? `the rules of ${policy} on the sandbox` : policy;
  let total = 0;
  let affectingPolicy = 0;
  return {
    see({ finding }) {
      total += 1;
      if (finding.affectsPolicy === true) affectingPolicy += 1;
    },
    result: () => ({
      id: 'policy',
      outcome,
      sentence: `The platform's evaluation of ${subject} is ${WORDS[deciding]}${remark(deciding, outcome, `${affectingPolicy} of ${total} findings affect it`)}.`,
      numbers: { context: kind, policyEvaluation, rulesStatus, affectingPolicy },
    }),
  };
}

const WORDS: Readonly<Record<PolicyEvaluation, string>> = {
  pass: 'Pass',
  'conditional-pass': 'Conditional Pass',
  'did-not-pass': 'Did Not Pass',
  'not-assessed': 'Not Assessed',
  calculating: 'still calculating',
  unknown: 'a word that this version does not know',
};

function outcomeOf(evaluation: PolicyEvaluation, conditionalPass: ConditionalPass): GateOutcome {
  switch (evaluation) {
    case 'pass':
      return 'pass';
    case 'conditional-pass':
      return conditionalPass;
    case 'did-not-pass':
    case 'not-assessed':
    case 'calculating':
    case 'unknown':
      return 'fail';
  }
}

function remark(evaluation: PolicyEvaluation, outcome: GateOutcome, affecting: string): string {
  if (evaluation === 'conditional-pass') return ` (grace period running; counted as ${outcome}); ${affecting}`;
  return evaluation === 'pass' ? '' : `; ${affecting}`;
}
