import { parsePolling, planWait as plan, ValidationError, waitForScan, type AttachRequest, type ScanState, type ValidationIssue } from '@verapipe/core';

import { readStateFile } from '../state-file.js';
import type { CheckedWork } from './check-input.js';
import type { Connection } from './connect.js';
import { withJudgingReads } from './plan-judging-reads.js';
import { shownPath, type RunContext } from './run-context.js';
import { runCommand } from './run-command.js';
import type { RunInput } from './run-input.js';
import { runPlan } from './run-plan.js';
import type { RunResult } from './run-result.js';
import type { TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';

/**
 * `verapipe wait`, for every adapter: goes on with a scan from its state file, on any machine, and judges it as the
 * run that began it would have.
 *
 * Never throws and sets nothing of the process: the caller prints the result and ends with its `exitCode`.
 *
 * @public
 */
export function runWait(input: RunInput): Promise<RunResult> {
  return runCommand(input, async (run, connection) => {
    const { work: request, ...found } = await checkWait(run, connection);
    if (request === null) return { ...found, work: null };
    return {
      ...found,
      async work(client, options) {
        // Kept as it is, should this process end before its first step.
        await options.saveState?.(request.state);
        return waitForScan(client, request, options);
      },
    };
  });
}

/**
 * `verapipe wait --plan`: says what going on would do now, and changes nothing.
 *
 * @public
 */
export function planWait(input: TaskInput): Promise<TaskResult> {
  return runPlan(input, {
    command: 'wait',
    scan: 'platform',
    check: checkWait,
    plan: async (run, { client, call }, request) => withJudgingReads(await plan(client, request, { ...call, onProgress: run.emit }), run),
  });
}

async function checkWait(run: RunContext, { hosts }: Connection): Promise<CheckedWork<AttachRequest>> {
  const { pollInterval, allowFastPolling } = run.options;
  const { warnings, pollIntervalMs, ...polling } = parsePolling({ pollIntervalSeconds: pollInterval, allowFastPolling }, hosts.xmlBaseUrl);
  const { state, issues: stateIssues } = await readRequiredState(run);
  const issues = [...polling.issues, ...stateIssues];
  const isFaulty = state === null || issues.length > 0;
  return { issues, warnings, notices: [], work: isFaulty ? null : { state, pollIntervalMs, timeoutMs: run.deadline.timeoutMs } };
}

async function readRequiredState(run: RunContext): Promise<{ readonly state: ScanState | null; readonly issues: readonly ValidationIssue[] }> {
  try {
    const state = await readStateFile(run.files.state);
    if (state !== null) return { state, issues: [] };
    const got = `${shownPath(run.files.state, run.input.cwd)}, which does not exist`;
    return { state, issues: [{ path: 'state', got, wanted: 'the state file that verapipe scan wrote (.verapipe/scan.json)' }] };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { state: null, issues: error.issues };
  }
}
