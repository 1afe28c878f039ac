import { ValidationError } from '@verapipe/core';

import type { CheckedWork } from './check-input.js';
import { createRunContext, type RunContext } from './run-context.js';
import { failedTask, type TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';

/** The work of a task that asks nobody. @returns false when it was done and the answer is no: exit code 1 */
export type LocalWork = () => Promise<boolean>;

/** Checks what a command was given; reads the disk only. */
export type LocalCheck = (run: RunContext) => Promise<CheckedWork<LocalWork>>;

/**
 * The one sequence of every command that reads and writes files and never goes to the platform: it needs no credentials
 * and tells all faults at once. Never throws; sets nothing of the process.
 */
export async function runLocalTask(input: TaskInput, check: LocalCheck): Promise<TaskResult> {
  const run = createRunContext(input);
  try {
    const { issues: found, warnings, notices, work } = await check(run);
    const issues = [...input.options.issues, ...found];
    if (issues.length > 0) throw new ValidationError(issues);
    if (work === null) throw new Error('A faultless task has no work.');
    for (const message of [...input.options.notices, ...notices]) run.emit({ type: 'notice', message });
    for (const message of warnings) run.emit({ type: 'warning', message });
    input.signal?.throwIfAborted();
    return { kind: 'done', exitCode: (await work()) ? 0 : 1 };
  } catch (error) {
    return failedTask(run, error);
  }
}
