import type { GateOutcome } from '../../src/gates/gate.js';

/** One gate, as the table has it. */
export interface SaidByGate {
  readonly id: string;
  readonly outcome: GateOutcome;
  readonly sentence: string;
}

/** Everything that is said about a row: a verdict, or why there is none. */
export type Said =
  | { readonly verdict: GateOutcome; readonly gates: readonly SaidByGate[]; readonly waived: number; readonly warnings: readonly string[] }
  | { readonly refused: string };
