import { SEVERITIES, severityName, type Severity } from '../domain/severity.js';
import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

/** Fails when an open finding reaches the threshold. */
export function createSeverityGate(threshold: Severity): Gate {
  return gateOf('severity', threshold);
}

/**
 * What judges where nothing else does: any finding but an informational one fails, as with the vendor's pipeline scan.
 *
 * @see docs.veracode.com "Pipeline Scan command parameters"
 */
export function createAnyFindingGate(): Gate {
  return gateOf('any-finding', 1);
}

function gateOf(id: string, threshold: Severity): Gate {
  const counter = createFindingCounter({ matches: ({ severity }) => severity >= threshold });
  const bySeverity = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  return {
    see(seen) {
      if (counter.see(seen)) bySeverity[seen.finding.severity] += 1;
    },
    result() {
      const parts = SEVERITIES.filter((severity) => bySeverity[severity] > 0).map((severity) => `${bySeverity[severity]} ${severityName(severity)}`);
      const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
      return {
        id,
        outcome: counter.count === 0 ? 'pass' : 'fail',
        sentence: `${counter.subject()} open with severity ${atOrAbove(threshold)}${list}${counter.notCounted()}.`,
        numbers: { threshold, ...counter.numbers() },
      };
    },
  };
}

function atOrAbove(threshold: Severity): string {
  return `${severityName(threshold)} or above`;
}
