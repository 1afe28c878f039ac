import type { AccountFacts, IssuedCredentials, Keyring } from '../../auth/keyring.js';
import { guidOf, type World } from '../../platform/world.js';
import { roleNames } from '../../scenarios/account-schema.js';
import { identityTime } from '../dates.js';

/** What identity answers need to know about credentials. */
export type CredentialDirectory = Pick<Keyring, 'ofUser' | 'byId' | 'issue' | 'revoke'>;

/** An account as the identity service knows it. */
export interface DirectoryEntry extends AccountFacts {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** Every account: the scenario's, and those that calls have made. */
export function allEntries(world: World): readonly DirectoryEntry[] {
  const ofScenario = world.scenario.accounts.map(({ userName, kind, roles, teams, email }) => ({
    userName,
    kind,
    roles,
    teams,
    email: email ?? `${userName}@example.com`,
    firstName: '',
    lastName: userName,
  }));
  return [...ofScenario, ...world.state.users];
}

/** The account of that name; a caller always has one. */
export function entryOf(world: World, userName: string): DirectoryEntry {
  const entry = allEntries(world).find((candidate) => candidate.userName === userName);
  if (entry === undefined) {
    throw new Error(`Nobody is called ${JSON.stringify(userName)}.`);
  }
  return entry;
}

/** A pair without its secret, which is never shown again. */
export function credentialJson({ apiId, expiresAtMs, revoked }: IssuedCredentials): object {
  const revocation = revoked === undefined ? {} : { revocation_user: revoked.by, revocation_ts: identityTime(revoked.atMs) };
  return { api_id: apiId, expiration_ts: identityTime(expiresAtMs), ...revocation };
}

/** A new pair: the only time that its secret is shown. */
export function newPairJson(pair: IssuedCredentials): object {
  return { ...credentialJson(pair), api_secret: pair.apiKey };
}

/** @param detailed - with roles, teams and permissions; lists leave them out unless they are asked for */
export function userJson(world: World, account: DirectoryEntry, detailed: boolean): object {
  const isService = account.kind === 'api-service-account';
  return {
    user_id: userGuid(account.userName),
    user_legacy_id: 1_000_001 + allEntries(world).findIndex(({ userName }) => userName === account.userName),
    user_name: account.userName,
    first_name: account.firstName,
    last_name: account.lastName,
    email_address: account.email,
    user_type: isService ? 'API' : 'HUMAN',
    account_type: 'STANDARD',
    active: true,
    login_enabled: true,
    saml_user: false,
    ...(detailed ? detailsOf(world, account) : {}),
  };
}

export function userGuid(userName: string): string {
  return guidOf('user', userName);
}

export function teamGuid(team: string): string {
  return guidOf('team', team);
}

function detailsOf(world: World, account: DirectoryEntry): object {
  const { accountId, name } = world.scenario.organization;
  return {
    roles: account.roles.map((role) => ({
      role_id: guidOf('role', role),
      role_name: role,
      role_description: describeRole(role),
    })),
    teams: teamsOf(world, account.teams).map((team) => ({ ...team, relationship: { name: 'MEMBER' } })),
    permissions: account.kind === 'api-service-account' ? [{ permission_name: 'apiUser' }] : [],
    organization: { org_id: guidOf('organization', accountId), org_legacy_id: Number(accountId), org_name: name },
  };
}

/** Teams as lists show them. */
export function teamsOf(world: World, names: readonly string[]): object[] {
  return names.map((team) => ({
    team_id: teamGuid(team),
    team_legacy_id: 233_001 + world.scenario.teams.indexOf(team),
    team_name: team,
  }));
}

function describeRole(role: string): string {
  const known: Readonly<Record<string, string>> = roleNames;
  return known[role] ?? role;
}
