import type { Finding, Severity } from '@verapipe/core';

import { placeOf, titleOf } from './finding-text.js';
import { columnsOf, fit, fitEnd, printable } from './printable.js';
import { severityName } from './severity-name.js';
import type { TopFindings } from './top-findings.js';

/** How a findings table looks. @public */
export interface FindingsTableOptions {
  /** Columns of the terminal; no line is longer. */
  readonly width: number;
  /** Colours a cell. @defaultValue no colours */
  readonly paint?: (severity: Severity, text: string) => string;
}

const HEADER: Row = { severity: 'SEVERITY', cwe: 'CWE', where: 'WHERE', what: 'WHAT', policy: 'POLICY' };
const GAP = '  ';
const NARROWEST_WHAT = 16;

interface Row {
  readonly severity: string;
  readonly cwe: string;
  readonly where: string;
  readonly what: string;
  readonly policy: string;
}

/**
 * Renders the worst findings as a text table for people, the last line ended; empty when nothing is open.
 *
 * Text of findings is made harmless first: it comes from code, which anybody may have written. Pure.
 *
 * @public
 */
export function renderFindingsTable(top: TopFindings, { width, paint = plain }: FindingsTableOptions): string {
  if (top.findings.length === 0) return '';
  const rows = top.findings.map((finding) => ({ severity: finding.severity, row: rowOf(finding) }));
  const cells = [HEADER, ...rows.map(({ row }) => row)];
  const widest = (column: keyof Row): number => Math.max(...cells.map((row) => columnsOf(row[column])));
  const fixed = widest('severity') + widest('cwe') + widest('policy') + 4 * GAP.length;
  const free = Math.max(2 * NARROWEST_WHAT, width - fixed);
  const where = Math.min(widest('where'), Math.max(Math.floor(free / 2), free - widest('what')));
  const what = Math.min(widest('what'), free - where);

  const line = (row: Row, severity: string): string =>
    [
      severity,
      row.cwe.padStart(widest('cwe')),
      pad(fitEnd(row.where, where), where),
      pad(fit(row.what, what), what),
      row.policy,
    ]
      .join(GAP)
      .trimEnd();
  const lines = [line(HEADER, HEADER.severity.padEnd(widest('severity')))];
  for (const { severity, row } of rows) lines.push(line(row, paint(severity, row.severity.padEnd(widest('severity')))));
  const hidden = top.open - top.findings.length;
  if (hidden > 0) lines.push(`… and ${String(hidden)} more`);
  return `${lines.join('\n')}\n`;
}

function rowOf(finding: Finding): Row {
  return {
    severity: severityName(finding.severity),
    cwe: finding.cwe === null ? '-' : String(finding.cwe),
    where: printable(placeOf(finding)),
    what: printable(titleOf(finding)),
    policy: finding.affectsPolicy === true ? 'violated' : '',
  };
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

function plain(_severity: Severity, text: string): string {
  return text;
}
