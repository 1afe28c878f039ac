import { ProtocolError } from '../kernel/errors.js';
import { chooseGates } from './choose-gates.js';
import type { GateInput, GateOptions, GateOutcome, GateResult, GateVerdict } from './gate.js';
import { createStandings } from './standing.js';
import { createWaiverMatcher } from './waiver-matcher.js';

/**
 * Evaluates every gate that is asked for in one pass over the findings, in constant memory; the worst outcome is the
 * verdict. Pure but for reading the findings.
 *
 * @throws ProtocolError `findings-do-not-add-up` when the source has another number of findings than it says; what
 *   reading the findings throws
 * @public
 */
export async function evaluateGates(input: GateInput, options: GateOptions): Promise<GateVerdict> {
  const [first, ...rest] = chooseGates(input, options);
  const waivers = createWaiverMatcher(options.waivers, input.nowMs);
  const standingOf = createStandings(input, options, waivers);
  let read = 0;
  for await (const finding of input.findings) {
    read += 1;
    const seen = { finding, ...standingOf(finding) };
    first.see(seen);
    for (const gate of rest) gate.see(seen);
  }
  if (read !== input.reportedFindings) throw wrongCount(read, input.reportedFindings);
  const gates: readonly [GateResult, ...GateResult[]] = [first.result(), ...rest.map((gate) => gate.result())];
  return { verdict: worst(gates.map(({ outcome }) => outcome)), gates, waived: waivers.covered(), warnings: waivers.warnings() };
}

function worst(outcomes: readonly GateOutcome[]): GateOutcome {
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('warn') ? 'warn' : 'pass';
}

function wrongCount(read: number, reported: number): ProtocolError {
  return new ProtocolError(`The findings cannot be judged: ${read} were read, and there should be ${reported}.`, {
    code: 'findings-do-not-add-up',
    advice: 'The results changed while they were read, or were cut. Read them again.',
  });
}
