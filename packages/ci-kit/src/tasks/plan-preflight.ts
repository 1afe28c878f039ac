import { planRehearsal, type CallingRun, type Plan } from '@verapipe/core';

import { REHEARSAL_PREFIX, rehearsalOf, withRehearsalFile } from '../preflight/rehearsal.js';
import { locateNamedApplication } from '../run/locate-named.js';
import { printPlan } from '../run/print-plan.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { withNames } from './named-options.js';

const NOTHING: Plan = { known: {}, steps: [] };

/** `verapipe preflight --plan`: only `--write` changes anything. Never throws and sets nothing of the process. */
export function planPreflight(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => {
    const print = (plan: Plan): Promise<true> => printPlan(run, input, { command: 'preflight', plan });
    if (!run.options.write) return { issues: [], warnings: [], notices: [], work: () => print(NOTHING) };
    return withNames(run, ['app'], ({ app }) => async (calling: CallingRun) => print(await rehearsalPlan(run, calling, app)));
  });
}

async function rehearsalPlan(run: RunContext, calling: CallingRun, app: string): Promise<Plan> {
  const application = await locateNamedApplication(run, calling, app);
  // Each rehearsal makes up a name of its own.
  const sandboxName = `${REHEARSAL_PREFIX}{random}`;
  return withRehearsalFile((artifact) => planRehearsal(calling, { ...rehearsalOf(run, application, artifact), sandboxName }));
}
