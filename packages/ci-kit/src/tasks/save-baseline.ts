import { resolve } from 'node:path';

import type { CallingRun, ValidationIssue } from '@verapipe/core';
import { renderCounts } from '@verapipe/reports';

import { saveBaseline } from '../baselines/save-baseline.js';
import { isOneOf } from '../files/same-file.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';
import { inputFiles } from '../run/input-files.js';
import { type RunContext, shownPath } from '../run/run-context.js';
import { runLocalTask } from '../run/run-local-task.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { fileOf, issuesOf, readFrom } from './from-option.js';
import { withNames } from './named-options.js';
import { savePlatformFindings } from './platform-baseline.js';

/**
 * `verapipe baseline save`: keeps findings as a baseline, from a file or, where an application is named, the platform's
 * newest ones. Without `--app` nothing is sent and no credentials are needed. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runBaselineSave(input: TaskInput): Promise<TaskResult> {
  return input.options.values.app === null ? saveFromFile(input) : saveFromPlatform(input);
}

function saveFromFile(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async (run) => {
    const from = await readFrom(run);
    const file = fileOf(from);
    const to = await targetOf(run, file);
    const sandbox = run.options.sandbox === null ? [] : [{ path: 'app', got: 'nothing', wanted: 'the application profile of the sandbox' }];
    return {
      issues: [...issuesOf(from), ...(file === null ? [] : faultsOf(file)), ...to.issues, ...sandbox],
      warnings: [],
      notices: [],
      async work() {
        if (file === null || to.path === null) throw new Error('A faultless save has a file and a place for it.');
        await saveBaseline(file, to.path);
        return tell(run, input, to.path);
      },
    };
  });
}

function saveFromPlatform(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => {
    const { sandbox, from } = run.options;
    const to = await targetOf(run, null);
    const named = withNames(run, ['app'], ({ app }) => async (calling: CallingRun) => {
      if (to.path === null) throw new Error('A faultless save has a place for it.');
      await savePlatformFindings(run, calling, { app, sandbox, to: to.path });
      return tell(run, input, to.path);
    });
    const both = from === null ? [] : [{ path: 'from', got: JSON.stringify(from), wanted: 'either a file or --app: findings come from one place' }];
    return { ...named, issues: [...named.issues, ...to.issues, ...both] };
  });
}

/** A baseline is read back: what is told is what later runs will find. */
async function tell({ options }: RunContext, input: TaskInput, path: string): Promise<true> {
  const { format, scanId, tally } = await readFindingsFile(path);
  const facts = { schemaVersion: 1, baseline: { path, format, scanId }, counts: tally };
  await input.print(options.json ? `${JSON.stringify(facts, null, 2)}\n` : `Baseline ${path}: ${renderCounts(tally)}\n`);
  return true;
}

/** Where the baseline goes. @param file - what it is made from */
async function targetOf(run: RunContext, file: FindingsFile | null): Promise<{ readonly path: string | null; readonly issues: readonly ValidationIssue[] }> {
  const { to } = run.options;
  if (to === null || to.trim() === '') return { path: null, issues: [{ path: 'to', got: 'nothing', wanted: 'the file that the baseline is written to' }] };
  const path = resolve(run.input.cwd, to);
  const read = [...(file === null ? [] : [file.path]), ...(await inputFiles(run)).map((given) => given.path)];
  if (await isOneOf(path, read)) return { path: null, issues: [{ path: 'to', got: `${shownPath(path, run.input.cwd)}, which this run reads`, wanted: 'a file of its own' }] };
  return { path, issues: [] };
}

/** Whatever a baseline misses would count as new. */
function faultsOf({ path, isComplete, warnings }: FindingsFile): readonly ValidationIssue[] {
  return isComplete ? [] : [{ path: 'from', got: [`${path}: a file that does not hold all findings`, ...warnings].join('; '), wanted: 'a whole file as baseline' }];
}
