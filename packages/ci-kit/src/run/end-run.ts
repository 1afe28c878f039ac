import {
  createDeadline,
  createFindingCounter,
  deleteOwnBuild,
  evaluateGates,
  type GateInput,
  type GateOptions,
  isVeracodeError,
  judgedFindings,
  locateByIds,
  type ProvenScan,
  type SubmittedScan,
  type VeracodeClient,
  type VeracodeError,
} from '@verapipe/core';
import type { OutageFacts, ReportInput, ScanResults } from '@verapipe/reports';

import { mapFindings } from '../checkout/map-findings.js';
import { readCheckout } from '../checkout/read-checkout.js';
import { askDataPaths } from '../data-paths/ask-data-paths.js';
import { withDataPaths } from '../data-paths/with-data-paths.js';
import type { ExitCode, FailureExitCode } from '../exit-codes.js';
import { prepareOutput } from '../files/output-folder.js';
import { idsOf } from '../findings-files/ids-of.js';
import { unjudged } from '../findings-files/unjudged.js';
import { askBaseline } from '../judging/ask-baseline.js';
import type { Comparison } from '../judging/judging.js';
import { resultsOfFailure, resultsOfJudgedScan, resultsOfSubmittedScan } from '../results/results-of-run.js';
import { comparedWithEarlier, trendOf } from '../reports/read-earlier.js';
import { writeReports, type WrittenReport } from '../reports/write-reports.js';
import { writeResults } from '../results/write-results.js';
import { continuationOf } from './continuation.js';
import { bearOutage, rememberWorking } from './bear-outage.js';
import { cancelled, describeFailure } from './describe-failure.js';
import { type JudgedContext, reportedTo } from './judged-context.js';
import { withNews } from './platform-news.js';
import { shownPath, type RunContext } from './run-context.js';
import type { Continuation, JudgedRun, RunFailure, SubmittedRun, ToleratedRun, UnjudgedRun } from './run-result.js';

/** What a cancelled run may spend on deleting its scan: the CI kills it a few seconds after the signal. */
const DELETE_MS = 3500;

const SCAN_FAILED: ExitCode = 6;
const PLATFORM_FAILED: ExitCode = 5;

/** Out of time, and cancelled. */
const INTERRUPTIONS: readonly ExitCode[] = [7, 130];

/** What a judgement of a proven scan takes besides it. */
export interface JudgedWith {
  /** For data paths; the verdict needs no further call. */
  readonly client: VeracodeClient;
  readonly baseline: Comparison;
}

/** Judges a proven scan, compared with a baseline where there is one, and writes its results, with where its findings lie. */
export async function endJudged(run: JudgedContext, scan: ProvenScan, { client, baseline }: JudgedWith): Promise<JudgedRun> {
  run.emit({ type: 'phase', phase: 'gates' });
  const { judgement, waivers, waiverFile, orgPolicy } = run.judging;
  const { reportOnly } = judgement;
  const { name: policyName, evaluation: policyEvaluation, rulesStatus } = scan.policy;
  const checkout = await readCheckout(run);
  const { findings, tally } = mapFindings(scan.findings, checkout);
  const knowledge = await askBaseline(baseline, { findings, idsOf: idsOf(scan) });
  const input: GateInput = {
    scan: { kind: scan.sandbox === null ? 'policy' : 'sandbox', policyName, policyEvaluation, rulesStatus },
    findings,
    reportedFindings: scan.reportedFindings,
    nowMs: run.clock.now(),
  };
  const options: GateOptions = { ...judgement, waivers, known: knowledge.recognised };
  const verdict = await evaluateGates(input, options);
  for (const message of knowledge.notices) run.emit({ type: 'notice', message });
  for (const message of [...knowledge.warnings, ...verdict.warnings]) run.emit({ type: 'warning', message });
  const { paths, facts: dataPaths } = await askDataPaths(run, client, { findings, locate: (call) => locateByIds(client, scan, call), buildId: scan.build.id });
  const judged = { verdict, reportOnly, orgPolicy, waivers: waiverFile, baseline: knowledge.facts, pathMapping: tally(), dataPaths };
  const results = resultsOfJudgedScan(run.facts(), scan, judged);
  const told = withDataPaths(judgedFindings(input, options), paths, checkout);
  // The results come last: whoever finds them finds everything.
  const since = await comparedWithEarlier(run.earlier, { findings, idsOf: idsOf(scan), ...reportedTo(run, results) });
  const reports = await writeReports(run.reports, { results, findings: told, tally: scan.tally, incomplete: null, ...since });
  const top = await writeResults(run.files.results, results, told);
  await rememberWorking(run);
  const { results: resultsFile, report, state } = run.files;
  const exitCode = verdict.verdict === 'fail' && !reportOnly ? 1 : 0;
  return { kind: 'judged', exitCode, scan, verdict, top, results, files: { results: resultsFile, report, state, reports } };
}

/** Records a scan that nobody waits for. */
export async function endSubmitted(run: JudgedContext, scan: SubmittedScan): Promise<SubmittedRun> {
  const results = resultsOfSubmittedScan(run.facts(), scan);
  const reports = await writeReports(run.reports, withoutFindings(run, results));
  await writeResults(run.files.results, results, []);
  await rememberWorking(run);
  const continuation = currentContinuation(run);
  if (continuation === null) throw new Error('A submitted scan left no state.');
  return { kind: 'submitted', exitCode: 0, scan, continuation, results, files: { results: run.files.results, report: null, state: run.files.state, reports } };
}

/** No credentials, and the run was told to do without: neither a pass nor a fault. */
export async function endSkipped(run: JudgedContext, error: VeracodeError): Promise<UnjudgedRun> {
  const { failure } = describeFailure(error, run.redact);
  return endUnjudged(run, { exitCode: 8, failure: { ...failure, message: `Skipped, nothing was scanned: ${failure.message}` }, continuation: null });
}

/** What ended a run, and what it has to look further with. */
interface Ending {
  readonly client: VeracodeClient | null;
  readonly error: unknown;
  /** What the status page says to it. */
  readonly news: string | null;
}

/** Records a run that failed or was cancelled; writes what can still be written, and never throws. */
export async function endWithError(run: JudgedContext, { client, error, news }: Ending): Promise<UnjudgedRun | ToleratedRun> {
  const { signal } = run.input;
  const isCancelled = signal?.aborted === true;
  const { exitCode, failure } = withNews(describeFailure(isCancelled ? cancelled(signal.reason) : error, run.redact), news);
  const isDeleted = isCancelled && run.options.onCancel === 'delete' && client !== null && (await deleteOwn(run, client));
  // A scan that the platform ended as failed does not go on, also where it was kept for people to look at.
  const hasEnded = isDeleted || exitCode === SCAN_FAILED;
  const end: End = { exitCode, failure, continuation: hasEnded ? null : currentContinuation(run, INTERRUPTIONS.includes(exitCode)) };
  const outage = exitCode === PLATFORM_FAILED ? await bearOutage(run) : null;
  return outage === null ? endUnjudged(run, end) : endTolerated(run, end, outage);
}

/** Exit code 0 without a verdict, so it is not given unless the results, which say so, were written. */
async function endTolerated(run: JudgedContext, end: End, outage: OutageFacts): Promise<UnjudgedRun | ToleratedRun> {
  const { since, toleratedUntil, owner, reason } = outage;
  const record = await recordEnd(run, end, outage);
  if (record.files.results === null) return endUnjudged(run, end);
  run.emit({ type: 'warning', message: `The platform's outage is tolerated until ${toleratedUntil} (first failure ${since}; owner ${owner}; reason: ${reason}). Nothing was judged.` });
  return { kind: 'tolerated', exitCode: 0, outage, ...record };
}

interface End {
  readonly exitCode: FailureExitCode;
  readonly failure: RunFailure;
  readonly continuation: Continuation | null;
}

async function endUnjudged(run: JudgedContext, end: End): Promise<UnjudgedRun> {
  return { kind: 'unjudged', exitCode: end.exitCode, ...(await recordEnd(run, end, null)) };
}

/** What a run without judgement leaves, written as far as it can be. */
async function recordEnd(run: JudgedContext, { exitCode, failure, continuation }: End, outage: OutageFacts | null): Promise<Omit<UnjudgedRun, 'kind' | 'exitCode'>> {
  const { code, message, advice } = failure;
  const state = run.stateFile.last();
  const results = resultsOfFailure(run.facts(), state, { exitCode, code, message, advice }, outage);
  const isKept = run.kept.includes(run.files.results);
  const isDone = await tryTo(run, 'The results file', async () => {
    // The folder may not have been prepared yet; an older verdict must not stay in it either.
    await prepareOutput({ ...run.files, outcome: run.files.outcome.filter((file) => run.reports.every(({ path }) => path !== file)) });
    if (!isKept) await writeResults(run.files.results, results, []);
  });
  for (const path of run.kept) run.emit({ type: 'warning', message: `${shownPath(path, run.input.cwd)} is left as it is, because this run was told to read it: it says nothing of this run.` });
  // A place where a report cannot be written takes nothing from the results.
  let reports: readonly WrittenReport[] = [];
  await tryTo(run, 'A report', async () => {
    reports = await writeReports(run.reports, withoutFindings(run, results));
  });
  const files = { results: isDone && !isKept ? run.files.results : null, report: null, state: state === null ? null : run.files.state, reports };
  return { failure, continuation, results, files };
}

/** The failure itself is the news: what keeps it from being written is only said beside it. */
async function tryTo(run: RunContext, what: string, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const reason = isVeracodeError(error) ? error.message : String(error);
    run.emit({ type: 'warning', message: run.redact(`${what} could not be written: ${reason}`) });
    return false;
  }
}

/** What reports are made from when nothing was judged. */
function withoutFindings(run: JudgedContext, results: ScanResults): ReportInput {
  return { results, findings: unjudged([]), tally: createFindingCounter().tally(), earlier: trendOf(run.earlier, results), changes: null, incomplete: null };
}

async function deleteOwn(run: RunContext, client: VeracodeClient): Promise<boolean> {
  const state = run.stateFile.last();
  if (state === null) return false;
  try {
    const deadline = createDeadline(run.clock, DELETE_MS);
    const { report } = run.files;
    return (await deleteOwnBuild(client, state, { reportFile: report, deadline, saveState: run.stateFile.save, onProgress: run.emit })) === 'deleted';
  } catch (error) {
    const reason = isVeracodeError(error) ? error.message : String(error);
    run.emit({ type: 'warning', message: run.redact(`The scan could not be deleted: ${reason}`) });
    return false;
  }
}

function currentContinuation(run: RunContext, isInterrupted = false): Continuation | null {
  const { options, input, files } = run;
  const stateFile = run.stateFile.holdsLast() ? shownPath(files.state, input.cwd) : null;
  return continuationOf({ state: run.stateFile.last(), stateFile, options, platform: input.platform, isInterrupted });
}
