import { bareApiId, planRevocation, revokeAndProve, type CallingRun, type ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import type { CheckedWork } from '../run/check-input.js';
import type { Connection } from '../run/connect.js';
import { printPlan } from '../run/print-plan.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput, type TaskWork } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe credentials revoke`: ends a pair for good, at once, and proves it. Never throws and sets nothing of the
 * process.
 *
 * @public
 */
export function runCredentialsRevoke(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run, connection) => checkRevocation(run, connection, input));
}

function checkRevocation(run: RunContext, { choice }: Connection, input: TaskInput): CheckedWork<TaskWork> {
  const { apiId, yes, json, plan } = run.options;
  const signingApiId = 'found' in choice ? choice.found.credentials.apiId : '';
  const isOwn = apiId !== null && bareApiId(apiId) === bareApiId(signingApiId);
  const issues: ValidationIssue[] = [];
  if (apiId === null) issues.push({ path: 'apiId', got: 'nothing', wanted: 'the id of the pair to revoke' });
  else if (!/^[\w-]{1,140}$/u.test(apiId.trim())) issues.push({ path: 'apiId', got: 'something else', wanted: 'an API id, as verapipe credentials status prints it' });
  if (!yes && !plan) {
    const own = isOwn ? ', and it is the pair that this command signs with: nothing that uses it can go on' : '';
    issues.push({ path: 'yes', got: 'nothing', wanted: `--yes, because the pair ends at once and cannot be brought back${own}` });
  }
  const work: TaskWork | null =
    apiId === null || issues.length > 0
      ? null
      : async (calling: CallingRun) => {
          const request = { apiId: apiId.trim(), signingApiId };
          if (plan) return printPlan(run, input, { command: 'credentials revoke', plan: await planRevocation(calling, request) });
          const revoked = await revokeAndProve(calling, request);
          const sentence = `The pair ${printable(revoked.apiId)} ${revoked.before ? 'had been revoked before' : 'is revoked'}.\n`;
          await input.print(json ? `${JSON.stringify({ schemaVersion: 1, ...revoked }, null, 2)}\n` : sentence);
          return true;
        };
  return { issues, warnings: [], notices: [], work };
}
