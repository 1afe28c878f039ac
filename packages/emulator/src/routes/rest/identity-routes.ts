import type { EmulatedAccount, Route } from '../../exchange.js';
import { guidOf, type World } from '../../platform/world.js';
import { roleNames } from '../../scenarios/account-schema.js';
import { identityTime } from '../dates.js';
import { apiOrigin, jsonResponse, restRoute } from './rest-route.js';

/** What identity answers need to know about credentials; never their secret. */
export interface CredentialDirectory {
  /** Wall time, milliseconds since the Unix epoch. */
  expiresAtMs(apiId: string): number;
}

/** The caller's own account and credentials. */
export function identityRoutes(world: World, credentials: CredentialDirectory): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: '/api/authn/v2/api_credentials',
      parameters: [],
      answer: (_, call) =>
        jsonResponse({
          ...credentialJson(call.account, credentials),
          _links: { self: { href: `${apiOrigin(call)}/api/authn/v2/api_credentials` } },
        }),
    }),
    restRoute({
      method: 'GET',
      path: '/api/authn/v2/users/self',
      parameters: [],
      answer: (_, call) =>
        jsonResponse({
          ...userJson(world, call.account),
          api_credentials: credentialJson(call.account, credentials),
          _links: { self: { href: `${apiOrigin(call)}/api/authn/v2/users/self` } },
        }),
    }),
  ];
}

function credentialJson({ apiId }: EmulatedAccount, credentials: CredentialDirectory): { api_id: string; expiration_ts: string } {
  return { api_id: apiId, expiration_ts: identityTime(credentials.expiresAtMs(apiId)) };
}

function userJson(world: World, account: EmulatedAccount): object {
  const { accountId, name } = world.scenario.organization;
  const isService = account.kind === 'api-service-account';
  return {
    user_id: guidOf('user', account.userName),
    user_legacy_id: 1_000_001 + world.scenario.accounts.findIndex(({ userName }) => userName === account.userName),
    user_name: account.userName,
    first_name: '',
    last_name: account.userName,
    email_address: `${account.userName}@example.com`,
    user_type: isService ? 'API' : 'HUMAN',
    account_type: 'STANDARD',
    active: true,
    login_enabled: true,
    saml_user: false,
    roles: account.roles.map((role) => ({
      role_id: guidOf('role', role),
      role_name: role,
      role_description: describeRole(role),
    })),
    teams: account.teams.map((team) => ({
      team_id: guidOf('team', team),
      team_legacy_id: 233_001 + world.scenario.teams.indexOf(team),
      team_name: team,
      relationship: { name: 'MEMBER' },
    })),
    permissions: isService ? [{ permission_name: 'apiUser' }] : [],
    organization: { org_id: guidOf('organization', accountId), org_legacy_id: Number(accountId), org_name: name },
  };
}

function describeRole(role: string): string {
  const known: Readonly<Record<string, string>> = roleNames;
  return known[role] ?? role;
}
