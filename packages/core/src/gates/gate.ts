import type { PolicyEvaluation } from '../domain/build.js';
import type { FindingTally } from '../domain/finding-tally.js';

/** What one gate, or all of them together, say. @public */
export type GateOutcome = 'pass' | 'warn' | 'fail';

/** One gate's judgement with the numbers that it saw. @public */
export interface GateResult {
  /** Literal: `policy`, `severity`. */
  readonly id: string;
  readonly outcome: GateOutcome;
  /** One sentence for people, numbers included. */
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, string | number | boolean | null>>;
}

/** The judgement of a whole run; at least one gate was evaluated. @public */
export interface GateVerdict {
  readonly verdict: GateOutcome;
  readonly gates: readonly [GateResult, ...GateResult[]];
}

/** What gates look at. @public */
export interface GateInput {
  readonly context: 'policy' | 'sandbox';
  readonly policyName: string | null;
  readonly policyEvaluation: PolicyEvaluation;
  readonly rulesStatus: PolicyEvaluation;
  readonly tally: FindingTally;
}
