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
  const operations = [...new Set(cells.map(({ operation }) => operation))];
  const nameColumns = Math.max(...operations.map((operation) => operation.length));
  const rows = operations.map((operation) => {
    const marks = faults.map((fault) => marksOf(cells, operation, fault).padEnd(fault.length));
    return `  ${operation.padEnd(nameColumns)}  ${marks.join('  ')}`.trimEnd();
  });
  return [variant, `  ${''.padEnd(nameColumns)}  ${faults.join('  ')}`, ...rows, ''];
}

function marksOf(cells: readonly JudgedCell[], operation: string, fault: string): string {
  const marks = cells.filter((cell) => cell.operation === operation && cell.fault === fault).map(({ outcome }) => LETTERS[outcome]);
  return marks.join(' ');
}

function describeCell({ variant, operation, fault, times, outcome, exitCode, why }: JudgedCell): string {
  const reasons = why.length === 0 ? '' : `: ${why.join('; ')}`;
  return `${outcome}: ${variant}, ${operation}, ${fault}, ${times === 1 ? 'once' : 'twice'}: exit ${exitCode}${reasons}`;
}
