import { SEVERITIES, severityName, type Severity } from '../domain/severity.js';
import type { GateInput, GateResult } from './gate.js';

/**
 * Fails when a finding of `threshold` or above is there that is neither fixed nor covered by an accepted mitigation.
 *
 * @public
 */
export function evaluateSeverityGate(input: GateInput, threshold: Severity): GateResult {
  const atOrAbove = SEVERITIES.filter((severity) => severity >= threshold);
  const count = atOrAbove.reduce<number>((sum, severity) => sum + input.tally.openBySeverity[severity], 0);
  const parts = atOrAbove
    .filter((severity) => input.tally.openBySeverity[severity] > 0)
    .map((severity) => `${String(input.tally.openBySeverity[severity])} ${severityName(severity)}`);
  const wanted = `${severityName(threshold)} or above`;
  return {
    id: 'severity',
    outcome: count === 0 ? 'pass' : 'fail',
    sentence:
      count === 0
        ? `None of ${String(input.tally.total)} findings is open with severity ${wanted}.`
        : `${String(count)} of ${String(input.tally.total)} findings are open with severity ${wanted} (${parts.join(', ')}).`,
    numbers: { threshold, count, total: input.tally.total },
  };
}
