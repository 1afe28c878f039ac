import { createSandboxOnce, listSandboxProfiles, planPromotion, planSandboxCreation, promoteSandboxOnce, type ApplicationProfile, type CallingRun, type SandboxProfile } from '@verapipe/core';
import { printable, renderTextTable } from '@verapipe/reports';

import { locateNamedApplication, locateNamedSandbox } from '../run/locate-named.js';
import { printPlan } from '../run/print-plan.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { withNames } from './named-options.js';

/**
 * `verapipe sandbox list`: the sandboxes of an application. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runSandboxList(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) =>
    withNames(run, ['app'], ({ app }) => async (calling: CallingRun) => {
      const application = await locateNamedApplication(run, calling, app);
      const sandboxes: SandboxProfile[] = [];
      for await (const sandbox of listSandboxProfiles(calling.client, { applicationGuid: application.guid }, calling.call)) sandboxes.push(sandbox);
      await input.print(run.options.json ? toJson({ ...placeOf(application), sandboxes }) : describeList(application, sandboxes, input.width));
      return true;
    }),
  );
}

/**
 * `verapipe sandbox create`: makes sure that an application has a sandbox; one that is there already is as good.
 *
 * @public
 */
export function runSandboxCreate(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) =>
    withNames(run, ['app', 'sandbox'], ({ app, sandbox: name }) => async (calling: CallingRun) => {
      const application = await locateNamedApplication(run, calling, app);
      if (run.options.plan) return printPlan(run, input, { command: 'sandbox create', plan: await planSandboxCreation(calling, { application, name }) });
      const { sandbox, created } = await createSandboxOnce(calling, { application, name });
      const sentence = `Sandbox "${printable(sandbox.name)}" of "${printable(application.name)}" ${created ? 'was created' : 'is there already'} (${sandbox.guid}).\n`;
      await input.print(run.options.json ? toJson({ ...placeOf(application), sandbox, created }) : sentence);
      return true;
    }),
  );
}

/**
 * `verapipe sandbox promote`: makes the newest finished scan of a sandbox a policy scan, and proves it by the list of
 * policy scans.
 *
 * @public
 */
export function runSandboxPromote(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) =>
    withNames(run, ['app', 'sandbox'], ({ app, sandbox: name }) => async (calling: CallingRun) => {
      const { json, deleteSandbox } = run.options;
      const application = await locateNamedApplication(run, calling, app);
      const sandbox = await locateNamedSandbox(run, calling, { application, name });
      const promotion = { application, sandbox, deleteSandbox };
      if (run.options.plan) return printPlan(run, input, { command: 'sandbox promote', plan: await planPromotion(calling, promotion) });
      const { from, to } = await promoteSandboxOnce(calling, promotion);
      const sentence = `Scan "${printable(from.name)}" (build ${from.id}) of sandbox "${printable(sandbox.name)}" is policy scan "${printable(to.name)}" (build ${to.id}) now.\n`;
      await input.print(json ? toJson({ ...placeOf(application), sandbox, from, to, sandboxDeleted: deleteSandbox }) : sentence);
      return true;
    }),
  );
}

function placeOf({ guid, applicationId, name }: ApplicationProfile): object {
  return { schemaVersion: 1, application: { guid, id: applicationId, name } };
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function describeList({ name }: ApplicationProfile, sandboxes: readonly SandboxProfile[], width: number): string {
  if (sandboxes.length === 0) return `"${printable(name)}" has no sandboxes.\n`;
  const rows = sandboxes.map((sandbox) => [sandbox.name, sandbox.owner ?? '-', sandbox.modifiedAt ?? '-']);
  return renderTextTable(['NAME', 'OWNER', 'CHANGED'], rows, width);
}
