import { columnsOf, fit, printable } from './printable.js';

const GAP = '  ';

/**
 * Renders rows as a text table for people, every line ended; the last column is cut where a line would be wider.
 *
 * Cells are made harmless first: names come from anybody. Pure.
 *
 * @param width - columns of the terminal
 * @public
 */
export function renderTextTable(header: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const cells = [header, ...rows.map((row) => row.map(printable))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string => {
    const padded = row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell))));
    return fit(padded.join(GAP).trimEnd(), width);
  };
  return cells.map((row) => `${line(row)}\n`).join('');
}
