import type { JudgedKill } from './judged-kill.js';

/** A line for each moment of each step, with the ways to go on and what came of them. Pure. */
export function renderKills(cells: readonly JudgedKill[]): string {
  const groups = new Map<string, string[]>();
  for (const { variant, step, nth, moment, signal, goingOn, outcome, why } of cells) {
    const key = `${variant}: ${signal} ${moment} ${step}${nth > 1 ? ` ${nth}` : ''}`;
    const reasons = why.length === 0 ? '' : ` (${why.join('; ')})`;
    groups.set(key, [...(groups.get(key) ?? []), `${goingOn} ${outcome}${reasons}`]);
  }
  return [...groups].map(([key, ways]) => `${key}: ${ways.join(', ')}\n`).join('');
}
