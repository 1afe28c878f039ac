import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

/** Of a long list of weaknesses a sentence names the first ones. */
const NAMED = 10;

/**
 * Fails when an open finding is of one of these weaknesses, whatever its severity.
 *
 * @see docs.veracode.com "Pipeline Scan command parameters", `--fail_on_cwe`
 */
export function createCweGate(cwes: readonly number[]): Gate {
  const counts = new Map(cwes.map((cwe) => [cwe, 0]));
  const counter = createFindingCounter({ matches: ({ cwe }) => cwe !== null && counts.has(cwe) });
  return {
    see(seen) {
      const { cwe } = seen.finding;
      if (counter.see(seen) && cwe !== null) counts.set(cwe, (counts.get(cwe) ?? 0) + 1);
    },
    result() {
      const parts = [...counts].filter(([, count]) => count > 0).map(([cwe, count]) => `${count} CWE ${cwe}`);
      const list = parts.length === 0 ? '' : ` (${shortened(parts)})`;
      return {
        id: 'cwe',
        outcome: counter.count === 0 ? 'pass' : 'fail',
        sentence: `${counter.subject()} open with CWE ${shortened([...counts.keys()].map(String))}${list}${counter.notCounted()}.`,
        numbers: { cwes: [...counts.keys()].join(','), ...counter.numbers() },
      };
    },
  };
}

function shortened(parts: readonly string[]): string {
  return parts.length <= NAMED ? parts.join(', ') : `${parts.slice(0, NAMED).join(', ')} and ${parts.length - NAMED} more`;
}
