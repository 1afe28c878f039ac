import { countsOf, ofEach, type ReportReader } from './report-reader.js';

/** What a spreadsheet takes for a formula. @see owasp.org "CSV Injection" */
const FORMULA = /^[=+\-@\t\r]/u;
const COLUMNS = { severity: 2, standing: 8 } as const;

/** Rows as a reader of RFC 4180 that knows nothing of the writer sees them. @throws where the text is no CSV */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let end = 0;
  for (const [part, quoted, plain, separator] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/guy)) {
    end += part.length;
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (separator !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  if (end !== text.length || row.length > 0) throw new Error(`Not CSV from character ${String(end)} on: ${text.slice(end, end + 40)}`);
  return rows;
}

export const CSV: ReportReader = {
  name: 'reader of ours for RFC 4180, rule of OWASP for formulas',
  faults: ofEach((text) => {
    const rows = rowsOf(text);
    const faults: string[] = [];
    if (!rows.every(({ length }) => length === rows[0]?.length)) faults.push('has rows of different lengths');
    for (const cell of rows.flat()) {
      // A number may begin with a sign.
      if (FORMULA.test(cell) && !/^-\d+$/u.test(cell)) faults.push(`has the formula ${JSON.stringify(cell.slice(0, 60))}`);
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      if (/\p{Surrogate}|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/u.test(cell)) faults.push(`has a character that no reader wants in ${JSON.stringify(cell.slice(0, 60))}`);
    }
    return faults;
  }),
  counts: (text) => countsOf(rowsOf(text).slice(1).map((cells) => `${cells[COLUMNS.severity] ?? ''} ${cells[COLUMNS.standing] ?? ''}`)),
};
