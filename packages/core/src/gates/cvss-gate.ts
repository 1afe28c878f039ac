import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

/**
 * Fails when an open SCA finding has this CVSS score or a higher one. A finding without a score has not been shown to
 * lie below, and counts.
 */
export function createCvssGate(threshold: number): Gate {
  const counter = createFindingCounter({
    among: ({ component }) => component !== null,
    matches: ({ component }) => (component?.cvss ?? threshold) >= threshold,
    noun: 'SCA findings',
  });
  let highest: number | null = null;
  let withoutScore = 0;
  return {
    see(seen) {
      if (!counter.see(seen)) return;
      const score = seen.finding.component?.cvss ?? null;
      if (score === null) withoutScore += 1;
      else highest = Math.max(highest ?? 0, score);
    },
    result() {
      const parts = [highest === null ? null : `highest ${highest.toFixed(1)}`, withoutScore === 0 ? null : `${withoutScore} without a score`].filter((part) => part !== null);
      const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
      return {
        id: 'cvss',
        outcome: counter.count === 0 ? 'pass' : 'fail',
        sentence: `${counter.subject()} open with a CVSS score of ${threshold.toFixed(1)} or above${list}${counter.notCounted()}.`,
        numbers: { threshold, highest, withoutScore, ...counter.numbers() },
      };
    },
  };
}
