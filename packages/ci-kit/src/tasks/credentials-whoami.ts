import { accountKindOf, getOwnCredentials, getOwnUser, type CallingRun, type OwnCredentials, type User } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { expiryNotice } from '../credentials/expiry.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe credentials whoami`: the account that signs, with its kind, roles and teams, and when its pair ends. Never
 * throws and sets nothing of the process.
 *
 * @public
 */
export function runCredentialsWhoami(input: TaskInput): Promise<TaskResult> {
  return runTask(
    input,
    async (run) => ({
    issues: [],
    warnings: [],
    notices: [],
    work: async ({ client, call }: CallingRun) => {
      const [user, pair] = [await getOwnUser(client, call), await getOwnCredentials(client, call)];
      const { kind, warning } = accountKindOf(user);
      const notice = expiryNotice(pair, run.clock.now());
      if (notice !== null) run.emit({ type: 'expiry', ...notice });
      if (warning !== null) run.emit({ type: 'warning', message: warning });
      await input.print(run.options.json ? `${JSON.stringify({ schemaVersion: 1, kind, account: user, credentials: pair }, null, 2)}\n` : render(user, pair, kind));
      return true;
    },
  }),
  { tellsExpiry: false },
  );
}

function render(user: User, { apiId, expiresAt }: OwnCredentials, kind: 'service-account' | 'person'): string {
  const roles = user.roles.map(({ name, description }) => (description === null ? name : `${description} (${name})`));
  const lines: readonly (readonly [string, string])[] = [
    ['Account', user.userName],
    ['Kind', kind === 'person' ? "a person's account" : 'API service account'],
    ['Organisation', user.organization?.name ?? '-'],
    ['Mailbox', user.email ?? '-'],
    ['Roles', roles.join(', ') || 'none'],
    ['Teams', user.teams.map(({ name }) => name).join(', ') || 'none'],
    ['Pair', apiId],
    ['Ends', expiresAt ?? 'no end named'],
  ];
  return lines.map(([name, value]) => `${name.padEnd(14)}${printable(value)}\n`).join('');
}
