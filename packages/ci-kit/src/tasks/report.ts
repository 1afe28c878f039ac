import { printable, type ReportInput, type ScanResults, tellsIncomplete } from '@verapipe/reports';

import type { FindingsFile } from '../findings-files/findings-file.js';
import { incompletenessOf } from '../findings-files/incompleteness-of.js';
import { anotherApplication, comparedWithEarlier, type EarlierFiles, readEarlier } from '../reports/read-earlier.js';
import { reportsInOwnPlaces } from '../reports/own-places.js';
import { requestedReports, type RequestedReport } from '../reports/requested-reports.js';
import { whyUnwritten } from '../reports/why-unwritten.js';
import { writeReports, type WrittenReport } from '../reports/write-reports.js';
import { resultsOfFile } from '../results/results-of-file.js';
import { inputFiles } from '../run/input-files.js';
import { reportedTo } from '../run/judged-context.js';
import { pathForReaders, type RunContext, shownPath } from '../run/run-context.js';
import { runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { fileOf, issuesOf, readFrom } from './from-option.js';

/**
 * `verapipe report`: writes reports of a file of findings, our own or one of the vendor's tools. It tells and does not
 * judge: it ends with 0 whatever the findings are. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runReport(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async (run) => {
    const from = await readFrom(run);
    const file = fileOf(from);
    const earlier = await readEarlier(run.options.earlier, input.cwd);
    const shown = (path: string): string => shownPath(path, input.cwd);
    const results = file === null ? null : resultsOfFile(run.facts(), file);
    const others = results === null ? [] : earlier.files.map((other) => anotherApplication(other, results, shown)).filter((fault) => fault !== null);
    const requested = requestedReports(run.options.report, { cwd: input.cwd, taken: [] });
    // A report must not take the place of what it is made from.
    const read = [...(file === null ? [] : [file.path]), ...(await inputFiles(run)).map(({ path }) => path)];
    const { reports, issues } = await reportsInOwnPlaces(requested, { read, written: [], shown });
    const noReport = run.options.report.length === 0 ? [{ path: 'report', got: 'nothing', wanted: 'at least one FORMAT=PATH, for instance sarif=veracode.sarif' }] : [];
    return {
      issues: [...issuesOf(from), ...earlier.issues, ...others, ...issues, ...noReport],
      // A report repeats what the file says; contradictions in it are told, and no reason to stop.
      warnings: file?.warnings ?? [],
      notices: [],
      work: file === null || results === null ? null : () => write(run, input, { file, results, reports, earlier: earlier.files }),
    };
  });
}

interface Work {
  readonly file: FindingsFile;
  readonly results: ScanResults;
  readonly reports: readonly RequestedReport[];
  readonly earlier: EarlierFiles;
}

async function write(run: RunContext, input: TaskInput, { file, results, reports, earlier }: Work): Promise<true> {
  const { findings, tally } = file;
  const incomplete = incompletenessOf(file, (path) => pathForReaders(path, input.cwd));
  const since = await comparedWithEarlier(earlier, { findings, idsOf: file.idsOf, ...reportedTo(run, results) });
  const report: ReportInput = { results, findings, tally, incomplete, ...since };
  const written = await writeReports(reports, report);
  if (incomplete !== null) await warnOfSilence(run, report, written);
  await input.print(run.options.json ? renderJson(run, file, written) : renderText(run, { file, results }, written));
  return true;
}

/** A report that looks whole and is not: what its format has no words for is told here. */
async function warnOfSilence(run: RunContext, report: ReportInput, written: readonly WrittenReport[]): Promise<void> {
  for (const { format, path, written: isWritten } of written) {
    if (!isWritten || (await tellsIncomplete(format, report))) continue;
    run.emit({ type: 'warning', message: `${format} has no words for findings that are missing: ${shownPath(path, run.input.cwd)} looks like a whole report, and is none.` });
  }
}

function renderText({ input }: RunContext, { file, results }: Pick<Work, 'file' | 'results'>, written: readonly WrittenReport[]): string {
  const lines = written.map(({ format, path, written: isWritten }) => {
    const shown = printable(shownPath(path, input.cwd));
    return isWritten ? `${format}: ${shown}\n` : `${format}: not written: ${whyUnwritten(results, shown)}\n`;
  });
  const count = file.tally.total === 1 ? 'One finding' : `${String(file.tally.total)} findings`;
  return `${lines.join('')}${count} of ${printable(shownPath(file.path, input.cwd))}${file.isComplete ? '' : ', which does not hold all'}.\n`;
}

function renderJson({ input }: RunContext, file: FindingsFile, written: readonly WrittenReport[]): string {
  const document = {
    schemaVersion: 1,
    from: { path: shownPath(file.path, input.cwd), format: file.format, scanId: file.scanId, isComplete: file.isComplete },
    counts: file.tally,
    reports: written.map(({ format, path, written: isWritten }) => ({ format, path: shownPath(path, input.cwd), written: isWritten })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
