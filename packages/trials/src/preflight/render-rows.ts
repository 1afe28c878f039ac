import type { RanRow } from './run-row.js';

/** Ports and temporary folders differ from run to run, and say nothing. */
function steady(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/gu, '127.0.0.1:…')
    .replaceAll(/[\w/\\:.-]*verapipe-preflight-row-\w+/gu, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, '…Z');
}

/** The table for people: each check, what was wrong, its line, its advice, the exit code. Pure. */
export function renderRows(rows: readonly RanRow[]): string {
  const blocks = rows.map(({ row, exitCode, made }) => {
    const line = made === null ? '(no such check was made)' : `${made.outcome === 'failure' ? 'FAILED ' : 'WARNING'}  ${made.title}: ${steady(made.line)}`;
    const advice = made?.advice ?? null;
    return `${row.check}, by ${row.by}\n  ${line}\n${advice === null ? '' : `           ${steady(advice)}\n`}  exit ${String(exitCode)}\n`;
  });
  const failing = rows.filter(({ row }) => row.wanted === 'failure').length;
  return `${blocks.join('\n')}\n${String(failing)} ways to fail, ${String(rows.length - failing)} to warn, ${String(new Set(rows.map(({ row }) => row.check)).size)} checks.\n`;
}
