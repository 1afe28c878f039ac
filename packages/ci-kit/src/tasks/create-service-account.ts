import { createServiceAccountOnce, leastRolesFor, locateTeams, personalMailboxHint, planServiceAccount, UNRESTRICTED_ROLE, type CallingRun, type CreatedServiceAccount, type Team, type ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import type { CheckedWork } from '../run/check-input.js';
import { printPlan } from '../run/print-plan.js';
import { quoteArgument } from '../run/quote-argument.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput, type TaskWork } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe credentials create-service-account`: an API service account with exactly these roles and teams; it gets its
 * pair by `credentials generate`. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runCreateServiceAccount(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => checkAccount(run, input));
}

function checkAccount(run: RunContext, input: TaskInput): CheckedWork<TaskWork> {
  const { name, email, role, team, for: purpose, json } = run.options;
  const issues: ValidationIssue[] = [];
  if (name === null) issues.push({ path: 'name', got: 'nothing', wanted: 'the user name of the new account' });
  if (email === null || !/^[^@\s]+@[^@\s]+$/u.test(email)) issues.push({ path: 'email', got: email === null ? 'nothing' : 'something else', wanted: 'the address of a mailbox that a team reads' });
  if ((role.length > 0) === (purpose !== null)) {
    issues.push({ path: 'role', got: purpose === null ? 'nothing' : 'roles and a purpose', wanted: 'either --role ROLE… or --for PURPOSE' });
  }
  const roles = purpose === null ? role : leastRolesFor(purpose);
  const hint = personalMailboxHint({ email, firstName: null, lastName: null });
  const blind = team.length === 0 && !roles.includes(UNRESTRICTED_ROLE) && purpose !== 'credentials' ? 'The account is in no team: it sees no application until somebody adds it to one.' : null;
  const work: TaskWork | null =
    name === null || email === null || issues.length > 0
      ? null
      : async (calling: CallingRun) => {
          const teams = await locateTeams(calling.client, team, calling.call);
          const fields = { userName: name, email, roles, teams: teams.map(({ guid }) => guid) };
          if (run.options.plan) return printPlan(run, input, { command: 'credentials create-service-account', plan: await planServiceAccount(calling, fields) });
          const created = await createServiceAccountOnce(calling, fields);
          const differences = differencesOf(created, teams);
          for (const message of differences) run.emit({ type: 'warning', message });
          await input.print(json ? `${JSON.stringify({ schemaVersion: 1, account: created.account, differences }, null, 2)}\n` : describe(created, input.platform));
          return true;
        };
  return { issues, warnings: [hint, blind].filter((text) => text !== null), notices: [], work };
}

/** What the platform made of the wish, where that is another thing. */
function differencesOf({ account, roles, teams }: CreatedServiceAccount, wanted: readonly Team[]): readonly string[] {
  const list = (names: readonly string[]): string => names.map((name) => `"${printable(name)}"`).join(', ');
  const missingTeams = wanted.filter(({ guid }) => teams.missing.includes(guid)).map(({ name }) => name);
  return [
    account.isServiceAccount ? null : 'The platform does not show it as an API service account.',
    roles.missing.length === 0 ? null : `The platform shows it without the role ${list(roles.missing)}, which was asked for: an administrator gives it on the platform.`,
    roles.more.length === 0 ? null : `The platform gave it the role ${list(roles.more)}, which nobody asked for.`,
    missingTeams.length === 0 ? null : `The platform shows it outside of the team ${list(missingTeams)}, which was asked for: an administrator adds it on the platform.`,
    teams.more.length === 0 ? null : `The platform put it into the team ${list(teams.more)}, for which nobody asked.`,
  ].filter((text) => text !== null);
}

/** As the platform shows it. */
function describe({ account: { userName, guid, roles, teams } }: CreatedServiceAccount, platform: NodeJS.Platform): string {
  const listed = (names: readonly { readonly name: string }[]): string => names.map(({ name }) => printable(name)).join(', ') || 'none';
  return [
    `API service account "${printable(userName)}" was created (${printable(guid)}).\n`,
    `Roles: ${listed(roles)}. Teams: ${listed(teams)}.\n`,
    `It has no pair yet: verapipe credentials generate --user ${quoteArgument(userName, platform)} --to-profile NAME\n`,
  ].join('');
}
