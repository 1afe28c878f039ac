import type { Figure } from './figure.js';

/**
 * The figures as one object for machines. A figure that was not run has null where the others have numbers.
 *
 * @param measuredOn - the machine, for figures that are kept
 */
export function renderJson(figures: readonly Figure[], measuredOn?: Readonly<Record<string, string>>): string {
  const benchmarks = figures.map((figure) =>
    'notRun' in figure
      ? { id: figure.id, what: figure.what, ratio: null, goal: null, met: null, notRun: figure.notRun }
      : { ...figure, ours: round(figure.ours), theirs: round(figure.theirs), ratio: round(figure.ratio) },
  );
  return `${JSON.stringify({ ...(measuredOn === undefined ? {} : { measuredOn }), benchmarks }, null, 2)}\n`;
}

/** The figures as a table for people. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = [['benchmark', 'ours', 'theirs', 'ratio', 'goal', '', 'what, against what'], ...figures.map(row)];
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  const lines = rows.map((cells) => cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  ').trimEnd());
  return `${lines.join('\n')}\n`;
}

function row(figure: Figure): readonly string[] {
  if ('notRun' in figure) return [figure.id, '–', '–', '–', '–', 'not run', `${figure.what}: ${figure.notRun}`];
  const { id, ours, theirs, ratio, goal, met, what, peer } = figure;
  return [id, show(ours), show(theirs), ratio.toFixed(2), `≤ ${goal}`, met ? 'met' : 'MISSED', `${what}, against ${peer}`];
}

/** Words to the left, numbers to the right. */
function pad(cell: string, width: number, column: number): string {
  return column === 0 || column >= 5 ? cell.padEnd(width) : cell.padStart(width);
}

function show(value: number): string {
  return String(value >= 100 ? Math.round(value) : round(value));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
