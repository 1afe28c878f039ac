import type { FindingBudgets } from '../domain/judgement.js';
import { SEVERITIES, severityName } from '../domain/severity.js';
import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

/** Fails when there are more open findings of a severity than its budget; each severity stands for itself. */
export function createBudgetGate(budgets: FindingBudgets): Gate {
  const counter = createFindingCounter({ matches: ({ severity }) => budgets[severity] !== undefined });
  const bySeverity = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  return {
    see(seen) {
      if (counter.see(seen)) bySeverity[seen.finding.severity] += 1;
    },
    result() {
      const limited = SEVERITIES.flatMap((severity) => {
        const most = budgets[severity];
        return most === undefined ? [] : [{ severity, most, count: bySeverity[severity] }];
      });
      const parts = limited.map(({ severity, most, count }) => `${count} ${severityName(severity)} of at most ${most}`);
      const over = limited.reduce((sum, { most, count }) => sum + Math.max(0, count - most), 0);
      return {
        id: 'max-findings',
        outcome: over === 0 ? 'pass' : 'fail',
        sentence: `Open findings against their budgets: ${parts.join(', ')}${over === 0 ? '' : `; ${over} too many`}${counter.notCounted()}.`,
        numbers: { budgets: limited.map(({ severity, most }) => `${severity}=${most}`).join(','), over, ...counter.numbers() },
      };
    },
  };
}
