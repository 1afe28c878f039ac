import type { Severity } from '../domain/severity.js';
import type { GateInput, GateOutcome, GateResult, GateVerdict } from './gate.js';
import { evaluatePolicyGate, type ConditionalPass } from './policy-gate.js';
import { evaluateSeverityGate } from './severity-gate.js';

/** Which gates are evaluated besides the platform's policy. @public */
export interface GateOptions {
  /** @defaultValue `pass`, as the vendor's own tools judge */
  readonly conditionalPass: ConditionalPass;
  /** This severity and everything above fails; null evaluates no severity gate. */
  readonly failOnSeverity: Severity | null;
}

/** Evaluates every gate that is asked for; the worst outcome is the verdict. Pure. @public */
export function evaluateGates(input: GateInput, options: GateOptions): GateVerdict {
  const gates: [GateResult, ...GateResult[]] = [evaluatePolicyGate(input, options.conditionalPass)];
  if (options.failOnSeverity !== null) gates.push(evaluateSeverityGate(input, options.failOnSeverity));
  return { verdict: worst(gates.map((gate) => gate.outcome)), gates };
}

function worst(outcomes: readonly GateOutcome[]): GateOutcome {
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('warn') ? 'warn' : 'pass';
}
