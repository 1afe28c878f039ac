import { parsePolling, ValidationError, waitForScan, type ScanState, type ValidationIssue } from '@verapipe/core';

import { readStateFile } from '../state-file.js';
import { shownPath, type RunContext } from './run-context.js';
import { runCommand } from './run-command.js';
import type { RunInput } from './run-input.js';
import type { RunResult } from './run-result.js';

/**
 * `verapipe wait`, for every adapter: goes on with a scan from its state file, on any machine, and judges it as the
 * run that began it would have.
 *
 * Never throws and sets nothing of the process: the caller prints the result and ends with its `exitCode`.
 *
 * @public
 */
export function runWait(input: RunInput): Promise<RunResult> {
  return runCommand(input, async (run, { hosts }) => {
    const { pollInterval, allowFastPolling } = run.options;
    const polling = parsePolling({ pollIntervalSeconds: pollInterval, allowFastPolling }, hosts.xmlBaseUrl);
    const { state, issues: stateIssues } = await readRequiredState(run);
    const issues = [...polling.issues, ...stateIssues];
    const { warnings, pollIntervalMs } = polling;
    if (state === null || issues.length > 0) return { issues, warnings, notices: [], work: null };
    return {
      issues,
      warnings,
      notices: [],
      async work(client, options) {
        // Kept as it is, should this process end before its first step.
        await options.saveState?.(state);
        return waitForScan(client, { state, pollIntervalMs, timeoutMs: run.deadline.timeoutMs }, options);
      },
    };
  });
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
