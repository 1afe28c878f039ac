import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { REPORT_FORMATS, type ReportFormatId } from '@verapipe/reports';

import { type Benchmark, type Figure, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { child } from '../places.js';
import { runChild } from '../run-child.js';
import { readUsage, type Usage } from '../usage.js';

const FINDINGS = 100_000;
const BUDGET_BYTES = 300 * 1000 * 1000;
/** At 50,000 findings a second. */
const BUDGET_MS = (FINDINGS / 50_000) * 1000;
/** Formats that are one line for each finding: what they may cost of `JSON.stringify` of the same findings. */
const LINES: ReadonlyMap<ReportFormatId, number> = new Map([['csv', 3], ['ndjson', 1.5]]);

/** Writing reports of 100,000 findings: speed of the plain formats, memory of every one. */
export const reportFormats: Benchmark = {
  name: 'report formats',
  async run(folder) {
    const figures: Figure[] = [];
    for (const [format, goal] of LINES) figures.push(...(await speedOf(format, goal, folder)));
    for (const format of REPORT_FORMATS) figures.push(await memoryOf(format, folder));
    return figures;
  },
};

async function speedOf(format: ReportFormatId, goal: number, folder: string): Promise<readonly Figure[]> {
  const { ours, theirs } = await interleave(
    () => write('render-report', folder, format),
    () => write('stringify-findings', folder),
  );
  const wallMs = median(ours.map((usage) => usage.wallMs));
  return [
    measured({ id: `report-${format}-wall`, what: `100,000 findings to ${format}, wall ms`, peer: 'JSON.stringify of each', ours: wallMs, theirs: median(theirs.map((usage) => usage.wallMs)), goal }),
    measured({ id: `report-${format}-rate`, what: `100,000 findings to ${format}, wall ms`, peer: '50,000 findings a second', ours: wallMs, theirs: BUDGET_MS, goal: 1 }),
  ];
}

async function memoryOf(format: ReportFormatId, folder: string): Promise<Figure> {
  const { peakBytes } = await write('render-report', folder, format);
  return measured({ id: `report-${format}-memory`, what: `100,000 findings to ${format}, peak bytes`, peer: 'the budget of 300 MB', ours: peakBytes, theirs: BUDGET_BYTES, goal: 1 });
}

/** Runs one side in a process of its own, and checks that something was written. */
async function write(program: string, folder: string, ...format: readonly ReportFormatId[]): Promise<Usage<{ readonly wallMs: number }>> {
  const file = join(folder, 'report');
  const { wallMs, stdout } = await runChild({ program: process.execPath, args: [child(program), file, String(FINDINGS), ...format] });
  if ((await stat(file)).size === 0) throw new Error(`${program} ${format.join('')} wrote nothing.`);
  const { peakBytes } = readUsage<object>(stdout);
  return { wallMs, peakBytes };
}
