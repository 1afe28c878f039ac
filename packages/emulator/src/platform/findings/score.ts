import { severities } from '../../scenarios/vocabulary.js';
import type { SeverityCounts } from './finding-tally.js';

const weights = { 5: 10, 4: 6, 3: 3, 2: 1, 1: 0.2, 0: 0 } as const;

/** 0 to 100. The platform's formula is not public: this one is the emulator's own and only goes down with more findings. */
export function scoreOf(counts: SeverityCounts): number {
  const weight = severities.reduce<number>((total, severity) => total + weights[severity] * counts[severity], 0);
  return Math.max(0, Math.round(100 - weight));
}

/** A to F, from the score. */
export function ratingOf(score: number): string {
  const grades: readonly [number, string][] = [
    [95, 'A'],
    [85, 'B'],
    [70, 'C'],
    [50, 'D'],
  ];
  return grades.find(([least]) => score >= least)?.[1] ?? 'F';
}

/** VL1 to VL5: the worst severity that is left decides. */
export function levelOf(unmitigated: SeverityCounts): string {
  if (unmitigated[5] > 0) {
    return 'VL1';
  }
  if (unmitigated[4] > 0) {
    return 'VL2';
  }
  return unmitigated[3] > 0 ? 'VL3' : 'VL5';
}
