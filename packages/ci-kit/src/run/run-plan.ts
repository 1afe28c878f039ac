import type { CallingRun, Plan } from '@verapipe/core';

import type { OutputChoice } from '../files/output-folder.js';
import type { CommandName } from '../options/option.js';
import type { Check } from './check-input.js';
import { earlierOf, judgedBy, type JudgedContext, judgingOf, unjudgedContext } from './judged-context.js';
import { keepInputs } from './keep-inputs.js';
import { printPlan } from './print-plan.js';
import { runTask, type TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';

/** What is planned: a command that ends in a judgement, checked as it checks itself. */
export interface Planner<W> {
  readonly command: CommandName;
  readonly scan: OutputChoice['scan'];
  readonly check: Check<W>;
  /** Looks up what the run would look up first, and fails as it would. */
  readonly plan: (run: JudgedContext, calling: CallingRun, work: W) => Promise<Plan>;
}

/** Says what a command would do, after the checks that it would make. Never throws and sets nothing of the process. */
export function runPlan<W>(input: TaskInput, { command, scan, check, plan }: Planner<W>): Promise<TaskResult> {
  return runTask(
    input,
    async (run, connection) => {
      const inputs = await keepInputs(run);
      const { judging, issues } = await judgingOf(run);
      const judged = judgedBy(unjudgedContext(run, inputs), judging);
      const earlier = await earlierOf(judged);
      const { work, ...found } = await check(judged, connection);
      return {
        ...found,
        issues: [...issues, ...inputs.issues, ...earlier.issues, ...found.issues],
        work: work && (async (calling) => printPlan(run, input, { command, plan: await plan(judged, calling, work) })),
      };
    },
    { scan },
  );
}
