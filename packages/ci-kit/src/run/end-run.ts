import {
  createDeadline,
  deleteOwnBuild,
  evaluateGates,
  isVeracodeError,
  type ProvenScan,
  type SubmittedScan,
  type VeracodeClient,
  type VeracodeError,
} from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';

import type { ExitCode, FailureExitCode } from '../exit-codes.js';
import { prepareOutput } from '../files/output-folder.js';
import { resultsOfFailure, resultsOfJudgedScan, resultsOfSubmittedScan } from '../results/results-of-run.js';
import { writeResults } from '../results/write-results.js';
import { continuationOf } from './continuation.js';
import { cancelled, describeFailure } from './describe-failure.js';
import { shownPath, type RunContext } from './run-context.js';
import type { Continuation, JudgedRun, RunFailure, SubmittedRun, UnjudgedRun } from './run-result.js';

/** What a cancelled run may spend on deleting its scan: the CI kills it a few seconds after the signal. */
const DELETE_MS = 3500;

const SCAN_FAILED: ExitCode = 6;

/** Out of time, and cancelled. */
const INTERRUPTIONS: readonly ExitCode[] = [7, 130];

/** Judges a proven scan and writes its results. */
export async function endJudged(run: RunContext, scan: ProvenScan): Promise<JudgedRun> {
  run.emit({ type: 'phase', phase: 'gates' });
  const { conditionalPass, failOnSeverity, reportOnly } = run.options;
  const verdict = evaluateGates(
    {
      context: scan.sandbox === null ? 'policy' : 'sandbox',
      policyName: scan.policy.name,
      policyEvaluation: scan.policy.evaluation,
      rulesStatus: scan.policy.rulesStatus,
      tally: scan.tally,
    },
    { conditionalPass, failOnSeverity },
  );
  const results = resultsOfJudgedScan(run.facts(), scan, { verdict, reportOnly });
  const top = await writeResults(run.files.results, results, scan.findings);
  const { results: resultsFile, report, state } = run.files;
  const exitCode = verdict.verdict === 'fail' && !reportOnly ? 1 : 0;
  return { kind: 'judged', exitCode, scan, verdict, top, results, files: { results: resultsFile, report, state } };
}

/** Records a scan that nobody waits for. */
export async function endSubmitted(run: RunContext, scan: SubmittedScan): Promise<SubmittedRun> {
  const results = resultsOfSubmittedScan(run.facts(), scan);
  await writeResults(run.files.results, results, []);
  const continuation = currentContinuation(run);
  if (continuation === null) throw new Error('A submitted scan left no state.');
  return { kind: 'submitted', exitCode: 0, scan, continuation, results, files: { results: run.files.results, report: null, state: run.files.state } };
}

/** No credentials, and the run was told to do without: neither a pass nor a fault. */
export async function endSkipped(run: RunContext, error: VeracodeError): Promise<UnjudgedRun> {
  const { failure } = describeFailure(error, run.redact);
  return endUnjudged(run, { exitCode: 8, failure: { ...failure, message: `Skipped, nothing was scanned: ${failure.message}` }, continuation: null });
}

/** Records a run that failed or was cancelled; writes what can still be written, and never throws. */
export async function endWithError(run: RunContext, client: VeracodeClient | null, error: unknown): Promise<UnjudgedRun> {
  const { signal } = run.input;
  const isCancelled = signal?.aborted === true;
  const { exitCode, failure } = describeFailure(isCancelled ? cancelled(signal.reason) : error, run.redact);
  const isDeleted = isCancelled && run.options.onCancel === 'delete' && client !== null && (await deleteOwn(run, client));
  // A scan that the platform ended as failed does not go on, also where it was kept for people to look at.
  const hasEnded = isDeleted || exitCode === SCAN_FAILED;
  return endUnjudged(run, { exitCode, failure, continuation: hasEnded ? null : currentContinuation(run, INTERRUPTIONS.includes(exitCode)) });
}

interface End {
  readonly exitCode: FailureExitCode;
  readonly failure: RunFailure;
  readonly continuation: Continuation | null;
}

async function endUnjudged(run: RunContext, { exitCode, failure, continuation }: End): Promise<UnjudgedRun> {
  const { code, message, advice } = failure;
  const state = run.stateFile.last();
  const results = resultsOfFailure(run.facts(), state, { exitCode, code, message, advice });
  const isWritten = await tryToWrite(run, results);
  const files = { results: isWritten ? run.files.results : null, report: null, state: state === null ? null : run.files.state };
  return { kind: 'unjudged', exitCode, failure, continuation, results, files };
}

/** The failure itself is the news: what keeps it from being written is only said beside it. */
async function tryToWrite(run: RunContext, results: ScanResults): Promise<boolean> {
  try {
    // The folder may not have been prepared yet; an older verdict must not stay in it either.
    await prepareOutput(run.files);
    await writeResults(run.files.results, results, []);
    return true;
  } catch (error) {
    const reason = isVeracodeError(error) ? error.message : String(error);
    run.emit({ type: 'warning', message: run.redact(`The results file could not be written: ${reason}`) });
    return false;
  }
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
  const stateFile = shownPath(files.state, input.cwd);
  return continuationOf({ state: run.stateFile.last(), stateFile, options, platform: input.platform, isInterrupted });
}
