import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { renderResultsJson, REPORT_FORMATS, type ReportFormatId } from '@verapipe/reports';

import { type Benchmark, measured } from '../figure.js';
import { judgedFindings } from '../judged-findings.js';
import { interleave, median } from '../median.js';
import { child, CLI } from '../places.js';
import { runChild } from '../run-child.js';
import { readUsage } from '../usage.js';
import { writeText } from '../write-text.js';

const FINDINGS = 100_000;
const BUDGET_BYTES = 300 * 1000 * 1000;
/**
 * What the command may take of a program that parses the whole file and checks nothing: the command reads the file twice, so
 * that it holds one finding at a time, and proves each.
 */
const WALL_GOAL = 10;

interface Cost {
  readonly wallMs: number;
  readonly peakBytes: number;
}

/** `verapipe report --from` with results of 100,000 findings, as users start it: time of lines, memory of every format. */
export const reportFromResults: Benchmark = {
  name: 'report from results',
  async run(folder) {
    const results = join(folder, 'verapipe-results.json');
    const { results: facts, findings } = judgedFindings(FINDINGS);
    await writeText(results, renderResultsJson(facts, findings));
    const { ours, theirs } = await interleave(
      () => report(folder, results, ['ndjson']),
      () => convert(folder, results),
    );
    const all = await report(folder, results, REPORT_FORMATS);
    const what = 'report --from 100,000 findings';
    return [
      measured({ id: 'report-from-wall', what: `${what} to ndjson, wall ms`, peer: 'JSON.parse of the whole file', ours: median(ours.map(({ wallMs }) => wallMs)), theirs: median(theirs.map(({ wallMs }) => wallMs)), goal: WALL_GOAL }),
      measured({ id: 'report-from-memory', what: `${what} to ndjson, peak bytes`, peer: 'the budget of 300 MB', ours: median(ours.map(({ peakBytes }) => peakBytes)), theirs: BUDGET_BYTES, goal: 1 }),
      measured({ id: 'report-from-memory-all', what: `${what} to all ${String(REPORT_FORMATS.length)} formats in one run, peak bytes`, peer: 'the budget of 300 MB', ours: all.peakBytes, theirs: BUDGET_BYTES, goal: 1 }),
    ];
  },
};

/** Runs the command, and checks that every report has been written and that the lines are as many as findings. */
async function report(folder: string, results: string, formats: readonly ReportFormatId[]): Promise<Cost> {
  const peakFile = join(folder, 'peak');
  const fileOf = (format: ReportFormatId): string => join(folder, `report.${format}`);
  const preload = ['--import', pathToFileURL(child('peak-at-exit')).href];
  const reports = formats.flatMap((format) => ['--report', `${format}=${fileOf(format)}`]);
  const { wallMs } = await runChild({
    program: process.execPath,
    args: [...preload, CLI, 'report', '--from', results, ...reports],
    cwd: folder,
    env: { ...process.env, BENCH_PEAK_FILE: peakFile },
  });
  for (const format of formats) if ((await stat(fileOf(format))).size === 0) throw new Error(`${format} was not written.`);
  await expectLines(fileOf('ndjson'));
  return { wallMs, peakBytes: Number(await readFile(peakFile, 'utf8')) };
}

async function convert(folder: string, results: string): Promise<Cost> {
  const file = join(folder, 'converted.ndjson');
  const { wallMs, stdout } = await runChild({ program: process.execPath, args: [child('convert-results'), file, results] });
  await expectLines(file);
  return { wallMs, peakBytes: readUsage<object>(stdout).peakBytes };
}

async function expectLines(file: string): Promise<void> {
  const bytes = await readFile(file);
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  if (lines !== FINDINGS) throw new Error(`${file} has ${lines} of ${FINDINGS} findings.`);
}
