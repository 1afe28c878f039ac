import { PREFLIGHT_ROWS } from './preflight/preflight-rows.js';
import { renderRows } from './preflight/render-rows.js';
import { type RanRow, runRow } from './preflight/run-row.js';

const rows: RanRow[] = [];
for (const row of PREFLIGHT_ROWS) rows.push(await runRow(row));
process.stdout.write(renderRows(rows));
const asWanted = rows.every(({ row, made, exitCode }) => made?.outcome === row.wanted && exitCode === (row.wanted === 'failure' ? 1 : 0));
process.exitCode = asWanted ? 0 : 1;
