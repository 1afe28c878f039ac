import type { PolicyEvaluation } from '../domain/build.js';
import type { GateInput, GateOutcome, GateResult } from './gate.js';

/** What a Conditional Pass (rules violated, grace period running) counts as. @public */
export type ConditionalPass = 'pass' | 'warn' | 'fail';

/** Every choice. @public */
export const CONDITIONAL_PASS_CHOICES: readonly ConditionalPass[] = ['pass', 'warn', 'fail'];

/**
 * The platform's own judgement.
 *
 * A policy scan is judged by its policy evaluation. A sandbox never gets more than a Conditional Pass there, so it is
 * judged by whether the policy's rules are met. Undecided and unknown words fail.
 *
 * @public
 */
export function evaluatePolicyGate(input: GateInput, conditionalPass: ConditionalPass): GateResult {
  const deciding = input.context === 'sandbox' ? input.rulesStatus : input.policyEvaluation;
  const outcome = outcomeOf(deciding, conditionalPass);
  const policy = input.policyName === null ? 'the policy' : `policy "${input.policyName}"`;
  const subject = input.context === 'sandbox' ? `the rules of ${policy} on the sandbox` : policy;
  return {
    id: 'policy',
    outcome,
    sentence: `The platform's evaluation of ${subject} is ${WORDS[deciding]}${remark(deciding, outcome, input)}.`,
    numbers: {
      context: input.context,
      policyEvaluation: input.policyEvaluation,
      rulesStatus: input.rulesStatus,
      affectingPolicy: input.tally.affectingPolicy,
    },
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

function remark(evaluation: PolicyEvaluation, outcome: GateOutcome, input: GateInput): string {
  const affecting = `${String(input.tally.affectingPolicy)} of ${String(input.tally.total)} findings affect it`;
  if (evaluation === 'conditional-pass') return ` (grace period running; counted as ${outcome}); ${affecting}`;
  if (evaluation === 'pass') return '';
  return `; ${affecting}`;
}
