import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PolicyEvaluation } from '../domain/build.js';
import { createFindingCounter, type FindingTally } from '../domain/finding-tally.js';
import { SEVERITIES, type Severity } from '../domain/severity.js';
import { evaluateGates } from './evaluate-gates.js';
import type { GateInput, GateOutcome } from './gate.js';
import { CONDITIONAL_PASS_CHOICES, evaluatePolicyGate } from './policy-gate.js';
import { evaluateSeverityGate } from './severity-gate.js';

const NOTHING: FindingTally = createFindingCounter().tally();
const EVALUATIONS: readonly PolicyEvaluation[] = ['pass', 'conditional-pass', 'did-not-pass', 'not-assessed', 'calculating', 'unknown'];

function input(facts: Partial<GateInput>): GateInput {
  return { context: 'policy', policyName: 'House rules', policyEvaluation: 'pass', rulesStatus: 'pass', tally: NOTHING, ...facts };
}

function tallyOf(openBySeverity: Partial<Record<Severity, number>>): FindingTally {
  const open = { ...NOTHING.openBySeverity, ...openBySeverity };
  return { ...NOTHING, openBySeverity: open, bySeverity: open, total: Object.values(open).reduce((sum, count) => sum + count, 0) };
}

describe('evaluatePolicyGate', () => {
  it.each<[PolicyEvaluation, GateOutcome, string]>([
    ['pass', 'pass', `The platform's evaluation of policy "House rules" is Pass.`],
    ['conditional-pass', 'warn', `The platform's evaluation of policy "House rules" is Conditional Pass (grace period running; counted as warn); 0 of 0 findings affect it.`],
    ['did-not-pass', 'fail', `The platform's evaluation of policy "House rules" is Did Not Pass; 0 of 0 findings affect it.`],
    ['not-assessed', 'fail', `The platform's evaluation of policy "House rules" is Not Assessed; 0 of 0 findings affect it.`],
    ['calculating', 'fail', `The platform's evaluation of policy "House rules" is still calculating; 0 of 0 findings affect it.`],
    ['unknown', 'fail', `The platform's evaluation of policy "House rules" is a word that this version does not know; 0 of 0 findings affect it.`],
  ])('%s is %s', (policyEvaluation, outcome, sentence) => {
    expect(evaluatePolicyGate(input({ policyEvaluation }), 'warn')).toEqual({
      id: 'policy',
      outcome,
      sentence,
      numbers: { context: 'policy', policyEvaluation, rulesStatus: 'pass', affectingPolicy: 0 },
    });
  });

  it('judges a sandbox by the rules, because it never gets more than a Conditional Pass', () => {
    const good = input({ context: 'sandbox', policyEvaluation: 'conditional-pass', rulesStatus: 'pass', policyName: null });
    expect(evaluatePolicyGate(good, 'fail')).toMatchObject({
      outcome: 'pass',
      sentence: "The platform's evaluation of the rules of the policy on the sandbox is Pass.",
    });
    const bad = input({ context: 'sandbox', policyEvaluation: 'conditional-pass', rulesStatus: 'did-not-pass' });
    expect(evaluatePolicyGate(bad, 'pass').outcome).toBe('fail');
  });

  it('says how many findings affect the policy', () => {
    const tally = { ...NOTHING, total: 9, affectingPolicy: 4 };
    expect(evaluatePolicyGate(input({ policyEvaluation: 'did-not-pass', tally }), 'pass').sentence).toMatch(/; 4 of 9 findings affect it\.$/);
  });

  it('passes nothing but a pass, and a conditional one where that was chosen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<GateInput['context']>('policy', 'sandbox'),
        fc.constantFrom(...EVALUATIONS),
        fc.constantFrom(...EVALUATIONS),
        fc.constantFrom(...CONDITIONAL_PASS_CHOICES),
        (context, policyEvaluation, rulesStatus, conditionalPass) => {
          const deciding = context === 'policy' ? policyEvaluation : rulesStatus;
          const passes = evaluatePolicyGate(input({ context, policyEvaluation, rulesStatus }), conditionalPass).outcome === 'pass';
          expect(passes).toBe(deciding === 'pass' || (deciding === 'conditional-pass' && conditionalPass === 'pass'));
        },
      ),
    );
  });
});

describe('evaluateSeverityGate', () => {
  it('counts the threshold and everything above', () => {
    expect(evaluateSeverityGate(input({ tally: tallyOf({ 5: 1, 4: 2, 3: 7 }) }), 4)).toEqual({
      id: 'severity',
      outcome: 'fail',
      sentence: '3 of 10 findings are open with severity High or above (1 Very High, 2 High).',
      numbers: { threshold: 4, count: 3, total: 10 },
    });
  });

  it('passes when the others are below', () => {
    expect(evaluateSeverityGate(input({ tally: tallyOf({ 3: 7 }) }), 4)).toMatchObject({
      outcome: 'pass',
      sentence: 'None of 7 findings is open with severity High or above.',
      numbers: { count: 0 },
    });
  });

  it('fails exactly when an open finding reaches the threshold', () => {
    const counts = fc.record({ 0: fc.nat(3), 1: fc.nat(3), 2: fc.nat(3), 3: fc.nat(3), 4: fc.nat(3), 5: fc.nat(3) });
    fc.assert(
      fc.property(counts, fc.constantFrom(...SEVERITIES), (open, threshold) => {
        const reaching = SEVERITIES.filter((severity) => severity >= threshold && open[severity] > 0);
        expect(evaluateSeverityGate(input({ tally: tallyOf(open) }), threshold).outcome).toBe(reaching.length > 0 ? 'fail' : 'pass');
      }),
    );
  });
});

describe('evaluateGates', () => {
  const tally = tallyOf({ 4: 1 });
  it.each<[string, Partial<GateInput>, 'pass' | 'warn' | 'fail', Severity | null, GateOutcome, readonly string[]]>([
    ['the policy alone', { tally }, 'pass', null, 'pass', ['policy']],
    ['both pass', { tally }, 'pass', 5, 'pass', ['policy', 'severity']],
    ['the severity fails', { tally }, 'pass', 4, 'fail', ['policy', 'severity']],
    ['a warning', { policyEvaluation: 'conditional-pass', tally }, 'warn', 5, 'warn', ['policy', 'severity']],
    ['a failure beats a warning', { policyEvaluation: 'conditional-pass', tally }, 'warn', 3, 'fail', ['policy', 'severity']],
    ['the policy fails', { policyEvaluation: 'unknown' }, 'pass', 0, 'fail', ['policy', 'severity']],
  ])('%s', (_name, facts, conditionalPass, failOnSeverity, verdict, ids) => {
    const result = evaluateGates(input(facts), { conditionalPass, failOnSeverity });
    expect({ verdict: result.verdict, ids: result.gates.map(({ id }) => id) }).toEqual({ verdict, ids });
  });
});
