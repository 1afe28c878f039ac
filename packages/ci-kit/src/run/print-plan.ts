import type { Plan } from '@verapipe/core';
import { renderPlan } from '@verapipe/reports';

import type { CommandName } from '../options/option.js';
import type { RunContext } from './run-context.js';
import type { TaskInput } from './run-task.js';

/** The plan of a command. */
export interface PlanOfCommand {
  readonly command: CommandName;
  readonly plan: Plan;
}

/** Prints a plan, for people or with `--json` as one object. @returns true: it is done */
export async function printPlan(run: RunContext, { print }: TaskInput, { command, plan }: PlanOfCommand): Promise<true> {
  const { platform } = run.facts();
  const text = run.options.json
    ? `${JSON.stringify({ schemaVersion: 1, command, platform, known: plan.known, steps: plan.steps }, null, 2)}\n`
    : renderPlan(plan, { command, platformUrl: platform?.url ?? '' });
  await print(text);
  return true;
}
