import { ValidationError } from '../kernel/errors.js';
import { createAgeGate } from './age-gate.js';
import { createBudgetGate } from './budget-gate.js';
import { createCvssGate } from './cvss-gate.js';
import { createCweGate } from './cwe-gate.js';
import type { Gate, GateInput, GateOptions } from './gate.js';
import { createLicenceGate } from './licence-gate.js';
import { createPolicyGate } from './policy-gate.js';
import { createPolicyRulesGate } from './policy-rules-gate.js';
import { createAnyFindingGate, createSeverityGate } from './severity-gate.js';

/**
 * The gates that judge a scan; never none.
 *
 * The platform's evaluation always judges where there is one. Where there is none, any finding fails unless a policy,
 * a severity (threshold or budget) or a CWE was named; so it does where only new findings are to be judged, and
 * nothing else was said about findings. A list without a scan has no gate of its own.
 *
 * @throws ValidationError `no-gate` for a list that nothing was asked about
 */
export function chooseGates({ scan, nowMs }: Pick<GateInput, 'scan' | 'nowMs'>, options: GateOptions): readonly [Gate, ...Gate[]] {
  const { failOnSeverity, failOnCwe, failOnCvss, failOnLicenceRisk, maxFindings, maxFindingAge } = options;
  const policy = policyGateOf(scan, options);
  const thresholds = [
    failOnSeverity === null ? null : createSeverityGate(failOnSeverity),
    failOnCwe.length === 0 ? null : createCweGate(failOnCwe),
    Object.keys(maxFindings).length === 0 ? null : createBudgetGate(maxFindings),
  ].filter((gate) => gate !== null);
  const others = [
    failOnCvss === null ? null : createCvssGate(failOnCvss),
    failOnLicenceRisk === null ? null : createLicenceGate(failOnLicenceRisk),
    maxFindingAge === null ? null : createAgeGate(maxFindingAge, nowMs),
  ].filter((gate) => gate !== null);
  if (scan.kind === 'list') return gatesOfList([...thresholds, ...others], options);
  if (policy === null) {
    const [first = createAnyFindingGate(), ...rest] = thresholds;
    return [first, ...rest, ...others];
  }
  const isOnlyNew = options.known !== null && scan.kind !== 'pipeline' && thresholds.length + others.length === 0;
  return [policy, ...(isOnlyNew ? [createAnyFindingGate()] : thresholds), ...others];
}

function policyGateOf(scan: GateInput['scan'], { conditionalPass }: GateOptions): Gate | null {
  switch (scan.kind) {
    case 'policy':
    case 'sandbox':
      return createPolicyGate(scan, conditionalPass);
    case 'pipeline':
      return scan.policy === null ? null : createPolicyRulesGate(scan.policy);
    case 'list':
      return null;
  }
}

function gatesOfList([first, ...rest]: readonly Gate[], { known }: GateOptions): readonly [Gate, ...Gate[]] {
  if (first !== undefined) return [first, ...rest];
  if (known !== null) return [createAnyFindingGate()];
  throw new ValidationError([{ path: 'gates', got: 'none', wanted: 'a gate: findings without a scan have none of their own' }], { code: 'no-gate' });
}
