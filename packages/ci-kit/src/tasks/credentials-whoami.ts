import { accountKindOf, getOwnCredentials, getOwnUser, type CallingRun, type User } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { signingPair, type SigningPair } from '../credentials/signing-pair.js';
import { tellExpiry } from '../run/beside-expiry.js';
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
    async (run, { choice }) => ({
    issues: [],
    warnings: [],
    notices: [],
    work: async ({ client, call }: CallingRun) => {
      const user = await getOwnUser(client, call);
      const pair = signingPair(await getOwnCredentials(client, call), choice);
      const { kind, warning } = accountKindOf(user);
      tellExpiry(run, pair);
      if (warning !== null) run.emit({ type: 'warning', message: warning });
      await input.print(run.options.json ? `${JSON.stringify({ schemaVersion: 1, kind, account: user, credentials: jsonOf(pair) }, null, 2)}\n` : render(user, pair, kind));
      return true;
    },
  }),
  { tellsExpiry: false },
  );
}

function jsonOf({ newer, ...pair }: SigningPair): object {
  return { ...pair, newerApiId: newer?.apiId ?? null };
}

function render(user: User, { apiId, expiresAt, newer }: SigningPair, kind: 'service-account' | 'person'): string {
  const roles = user.roles.map(({ name, description }) => (description === null ? name : `${description} (${name})`));
  const lines: readonly (readonly [string, string])[] = [
    ['Account', user.userName],
    ['Kind', kind === 'person' ? "a person's account" : 'API service account'],
    ['Organisation', user.organization?.name ?? '-'],
    ['Mailbox', user.email ?? '-'],
    ['Roles', roles.join(', ') || 'none'],
    ['Teams', user.teams.map(({ name }) => name).join(', ') || 'none'],
    ['Pair', apiId],
    ['Ends', newer === null ? (expiresAt ?? 'no end named') : `within 24 hours of the making of the newer pair ${newer.apiId}`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(14)}${printable(value)}\n`).join('');
}
