import type { JudgedCell } from './judge-cell.js';

/** One letter a cell: made up for, loud, wrong. */
const LETTERS: Readonly<Record<JudgedCell['outcome'], string>> = { healed: '+', loud: 'L', WRONG: 'W' };

/** A table for each variant: a call a row, a fault a column, `once twice` in a cell; then every cell that was not healed. */
export function renderMatrix(cells: readonly JudgedCell[]): string {
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const others = cells.filter(({ outcome }) => outcome !== 'healed').map(describeCell);
  return [...variants.flatMap((variant) => renderVariant(variant, cells.filter((cell) => cell.variant === variant))), ...others].map((line) => `${line}\n`).join('');
}

function renderVariant(variant: string, cells: readonly JudgedCell[]): readonly string[] {
  const faults = [...new Set(cells.map(({ fault }) => fault))];
  const calls = [...new Set(cells.map(callOf))];
  const nameColumns = Math.max(...calls.map((call) => call.length));
  const rows = calls.map((call) => {
    const marks = faults.map((fault) => marksOf(cells.filter((cell) => callOf(cell) === call && cell.fault === fault)).padEnd(fault.length));
    return `  ${call.padEnd(nameColumns)}  ${marks.join('  ')}`.trimEnd();
  });
  return [variant, `  ${''.padEnd(nameColumns)}  ${faults.join('  ')}`, ...rows, ''];
}

/** The call of a cell; a later one by its number. */
function callOf({ operation, nth }: JudgedCell): string {
  return nth === 1 ? operation : `${operation}, no. ${nth}`;
}

function marksOf(cells: readonly JudgedCell[]): string {
  return cells.map(({ outcome }) => LETTERS[outcome]).join(' ');
}

/** One cell in a line. */
export function describeCell(cell: JudgedCell): string {
  const { variant, fault, times, outcome, exitCode, why } = cell;
  const reasons = why.length === 0 ? '' : `: ${why.join('; ')}`;
  return `${outcome}: ${variant}, ${callOf(cell)}, ${fault}, ${times === 1 ? 'once' : 'twice'}: exit ${exitCode}${reasons}`;
}
