import { listTeamReferences, listUsers, searchUsers } from '../api/rest/users.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { Team, User } from '../domain/user.js';
import { ConflictError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { findByName, notFoundByName } from './resolve-by-name.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * Finds the one account with a user name, a mail address, a guid, or the id of its API credentials; wants an
 * administrator.
 *
 * @throws NotFoundError `name-not-found`; ConflictError `ambiguous-name` (a mailbox that several accounts share); the
 *   errors of the calls
 * @public
 */
export async function locateAccount(client: VeracodeClient, given: string, call: CallOptions = {}): Promise<User> {
  const matches = await matchingAccounts(client, given.trim(), call);
  const [found, ...others] = matches;
  if (found === undefined) {
    const near = await collect(searchUsers(client, { searchTerm: given.trim().slice(0, 4), detailed: true }, call));
    throw notFoundByName(`account "${given}"`, given, near.map(({ userName, guid }) => ({ name: userName, guid })), 'Give its user name, mail address, guid, or API id.');
  }
  if (others.length === 0) return found;
  throw new ConflictError(`"${given}" fits more than one account: ${matches.map(({ userName, guid }) => `"${userName}" (${guid})`).join(', ')}.`, {
    code: 'ambiguous-name',
    advice: 'Give the user name or the guid of the account that is meant.',
  });
}

async function matchingAccounts(client: VeracodeClient, given: string, call: CallOptions): Promise<readonly User[]> {
  const byName = await collect(listUsers(client, { userName: given, detailed: true }, call));
  if (byName.length > 0) return byName;
  if (given.includes('@')) return collect(listUsers(client, { emailAddresses: [given], detailed: true }, call));
  if (/^[0-9a-f]{32}$/iu.test(given)) return collect(searchUsers(client, { apiId: given, detailed: true }, call));
  if (!GUID.test(given)) return [];
  return (await collect(listUsers(client, { detailed: true }, call))).filter(({ guid }) => guid.toLowerCase() === given.toLowerCase());
}

/**
 * Finds the teams with exactly these names.
 *
 * @throws NotFoundError `name-not-found` with the near names; ConflictError `ambiguous-name`; the errors of the calls
 * @public
 */
export async function locateTeams(client: VeracodeClient, names: readonly string[], call: CallOptions = {}): Promise<readonly Team[]> {
  if (names.length === 0) return [];
  const teams = await collect(listTeamReferences(client, { allForOrganization: true }, call));
  return names.map((name) => {
    const match = findByName('team', name, teams);
    if (match === undefined) throw notFoundByName(`team "${name}"`, name, teams, 'Check the name; the teams of the account are on its page Teams.');
    return match.found;
  });
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
