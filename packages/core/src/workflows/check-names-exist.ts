import { listPolicyNames } from '../api/xml/policies.js';
import { listTeamNames } from '../api/xml/teams.js';
import type { ApplicationFields } from '../domain/application.js';
import { isVeracodeError } from '../kernel/errors.js';
import { notFoundByName } from './resolve-by-name.js';
import type { Run } from './run.js';

/**
 * Makes sure that the policy and the teams of a profile exist, because the platform would put a default in place of
 * an unknown policy.
 *
 * @throws NotFoundError with the near names
 */
export async function checkNamesExist(run: Run, fields: ApplicationFields): Promise<void> {
  if (fields.policy !== undefined) {
    const names = await listPolicyNames(run.client, run.call);
    // The platform joins the names with commas, so a name with a comma arrives in pieces.
    if (!`,${names.join(',')},`.includes(`,${fields.policy},`)) throw unknownName('policy', fields.policy, names);
  }
  if (fields.teams === undefined || fields.teams.length === 0) return;
  const names = await visibleTeams(run);
  if (names === undefined) return;
  for (const team of fields.teams) {
    if (!names.some((name) => name.toLowerCase() === team.toLowerCase())) throw unknownName('team', team, names);
  }
}

/** Undefined when the account may not list teams: then the platform itself refuses an unknown one. */
async function visibleTeams(run: Run): Promise<readonly string[] | undefined> {
  try {
    return await listTeamNames(run.client, run.call);
  } catch (error) {
    if (isVeracodeError(error) && (error.name === 'AuthorizationError' || error.name === 'RefusedError')) return undefined;
    throw error;
  }
}

function unknownName(what: string, name: string, known: readonly string[]): Error {
  const items = known.map((other) => ({ id: other, name: other }));
  return notFoundByName(`${what} "${name}"`, name, items, `Give the name of an existing ${what}; nothing was created or changed.`);
}
