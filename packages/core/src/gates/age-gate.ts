import type { Finding } from '../domain/finding.js';
import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

const DAY_MS = 86_400_000;

/**
 * Fails when an open finding was first found longer ago than this many days. One without a date has not been shown to
 * be younger, and counts.
 */
export function createAgeGate(days: number, nowMs: number): Gate {
  const ageOf = ({ firstFoundAt }: Finding): number | null => {
    const ms = firstFoundAt === null ? Number.NaN : nowMs - Date.parse(firstFoundAt);
    return Number.isNaN(ms) ? null : ms / DAY_MS;
  };
  const counter = createFindingCounter({ matches: (finding) => (ageOf(finding) ?? Infinity) > days });
  let oldest: number | null = null;
  let undated = 0;
  return {
    see(seen) {
      if (!counter.see(seen)) return;
      const age = ageOf(seen.finding);
      if (age === null) undated += 1;
      else oldest = Math.max(oldest ?? 0, Math.floor(age));
    },
    result() {
      const parts = [oldest === null ? null : `oldest ${oldest} days`, undated === 0 ? null : `${undated} without a date`].filter((part) => part !== null);
      const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
      return {
        id: 'age',
        outcome: counter.count === 0 ? 'pass' : 'fail',
        sentence: `${counter.subject()} open and older than ${days} ${days === 1 ? 'day' : 'days'}${list}${counter.notCounted()}.`,
        numbers: { days, oldest, undated, ...counter.numbers() },
      };
    },
  };
}
