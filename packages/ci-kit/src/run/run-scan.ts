import { planUploadAndScan, uploadAndScan, type Plan, type RunOptions, type ScanRequest } from '@verapipe/core';

import type { CheckedWork } from './check-input.js';
import type { Connection } from './connect.js';
import { withJudgingReads } from './plan-judging-reads.js';
import { readScanRequest } from './read-scan-request.js';
import { runCommand } from './run-command.js';
import type { RunContext } from './run-context.js';
import type { RunInput } from './run-input.js';
import { runPlan } from './run-plan.js';
import type { RunResult } from './run-result.js';
import type { TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';

/**
 * `verapipe scan`, for every adapter: uploads, scans, waits, judges and writes the result files.
 *
 * Never throws and sets nothing of the process: the caller prints the result and ends with its `exitCode`.
 *
 * @public
 */
export function runScan(input: RunInput): Promise<RunResult> {
  return runCommand(input, async (run, connection) => {
    const { work, ...found } = await checkScan(run, connection);
    return { ...found, work: work && ((client, options) => uploadAndScan(client, work.request, { ...options, ...work.from })) };
  });
}

/**
 * `verapipe scan --plan`: says what the scan would do now, and changes nothing.
 *
 * @public
 */
export function planScan(input: TaskInput): Promise<TaskResult> {
  return runPlan(input, {
    command: 'scan',
    scan: 'platform',
    check: checkScan,
    plan: async (run, { client, call }, { request, from }) =>
      withJudgingReads(aboutName(run, from, await planUploadAndScan(client, request, { ...call, ...from, onProgress: run.emit })), run),
  });
}

/** The plan's name of the scan is not the one that a run will have. */
function aboutName({ ci, options }: RunContext, { resumeFrom }: ScanToRun['from'], plan: Plan): Plan {
  const isMadeUp = ci === null && resumeFrom === undefined && /\{(?:run|number|time)\}/u.test(options.scanName);
  return isMadeUp ? { ...plan, known: { ...plan.known, 'scan name': 'made up anew by every run outside of a CI, unless --scan-name says it' } } : plan;
}

/** A scan that can be begun, or gone on with. */
interface ScanToRun {
  readonly request: ScanRequest;
  readonly from: Pick<RunOptions, 'resumeFrom'>;
}

async function checkScan(run: RunContext, { hosts }: Connection): Promise<CheckedWork<ScanToRun>> {
  const { request, resumeFrom, ...found } = await readScanRequest(run, hosts);
  return { ...found, work: request && { request, from: resumeFrom === null ? {} : { resumeFrom } } };
}
