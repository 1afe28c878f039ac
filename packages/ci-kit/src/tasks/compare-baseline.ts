import type { ValidationIssue } from '@verapipe/core';
import { renderBaselineComparison, renderBaselineComparisonJson } from '@verapipe/reports';

import { compareToBaseline } from '../baselines/compare-to-baseline.js';
import { readGivenFile, type ReadGivenFile } from '../findings-files/read-given-file.js';
import { readNothing } from '../findings-files/read-nothing.js';
import { runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { fileOf, issuesOf, readFrom } from './from-option.js';

/**
 * `verapipe baseline compare`: tells new, known and gone findings of a file and a baseline, and how the known ones were
 * recognised. It tells and does not judge: new findings end with 0 as well; `verapipe gate --new-only` fails on them. Never
 * throws and sets nothing of the process.
 *
 * @public
 */
export function runBaselineCompare(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async (run) => {
    const { baseline: path, json } = run.options;
    const sides = { from: await readFrom(run), baseline: path === null ? NO_BASELINE : await readGivenFile({ option: 'baseline', path, cwd: input.cwd }) };
    const current = fileOf(sides.from);
    const baseline = fileOf(sides.baseline);
    return {
      issues: Object.entries(sides).flatMap(([option, read]) => [...issuesOf(read), ...emptiness(option, read)]),
      warnings: [],
      notices: [],
      async work() {
        if (current === null || baseline === null) throw new Error('A faultless comparison has two sides.');
        const comparison = await compareToBaseline({ baseline, current });
        await input.print(json ? renderBaselineComparisonJson(comparison) : renderBaselineComparison(comparison));
        return true;
      },
    };
  });
}

const NO_BASELINE: ReadGivenFile = { issues: [{ path: 'baseline', got: 'nothing', wanted: 'a file of findings to compare with' }] };

function emptiness(option: string, read: ReadGivenFile): readonly ValidationIssue[] {
  const file = fileOf(read);
  const issue = file === null ? null : readNothing(file, option);
  return issue === null ? [] : [issue];
}
