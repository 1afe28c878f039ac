import { decodeBusinessUnit, decodeTeam, decodeUser, encodeServiceAccount } from '../../codecs/rest-documents/identity.js';
import type { BusinessUnit, ServiceAccountFields, Team, TeamFilters, User, UserFilters, UserSearch } from '../../domain/user.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { readPages } from './pages.js';
import { callRest } from './rest-call.js';

const PATH = '/api/authn/v2';

const GET_OWN_USER: Operation = { name: `GET ${PATH}/users/self`, idempotent: true, reads: true, limitClass: 'rest' };
const LIST_USERS: Operation = { name: `GET ${PATH}/users`, idempotent: true, reads: true, limitClass: 'rest' };
const SEARCH_USERS: Operation = { name: `GET ${PATH}/users/search`, idempotent: true, reads: true, limitClass: 'rest' };
const CREATE_USER: Operation = { name: `POST ${PATH}/users`, idempotent: false, reads: false, limitClass: 'rest' };
const LIST_TEAMS: Operation = { name: `GET ${PATH}/teams`, idempotent: true, reads: true, limitClass: 'rest' };
const LIST_BUSINESS_UNITS: Operation = { name: `GET ${PATH}/business_units`, idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const USER_OPERATIONS = [GET_OWN_USER, LIST_USERS, SEARCH_USERS, CREATE_USER, LIST_TEAMS, LIST_BUSINESS_UNITS];

/**
 * Reads the account that signs, with its roles and teams. Open to every account.
 *
 * @operation GET /api/authn/v2/users/self (idempotent)
 * @throws AuthenticationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function getOwnUser(client: VeracodeClient, call: CallOptions = {}): Promise<User> {
  return callRest(client, {
    operation: GET_OWN_USER,
    method: 'GET',
    path: `${PATH}/users/self`,
    call,
    decode: (answer) => decodeUser(answer, GET_OWN_USER.name),
  });
}

/**
 * Lists users of the organisation; wants an administrator.
 *
 * @operation GET /api/authn/v2/users (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function listUsers(client: VeracodeClient, filters: UserFilters = {}, call: CallOptions = {}): AsyncIterable<User> {
  return readPages(client, {
    operation: LIST_USERS,
    path: `${PATH}/users`,
    query: {
      user_name: filters.userName,
      email_address: filters.emailAddresses?.join(','),
      detailed: yesOrNo(filters.detailed),
    },
    element: 'users',
    call,
    decode: (user) => decodeUser(user, LIST_USERS.name),
    keyOf: ({ guid }) => guid,
  });
}

/**
 * Searches users of the organisation; wants an administrator.
 *
 * @operation GET /api/authn/v2/users/search (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function searchUsers(client: VeracodeClient, search: UserSearch, call: CallOptions = {}): AsyncIterable<User> {
  return readPages(client, {
    operation: SEARCH_USERS,
    path: `${PATH}/users/search`,
    query: {
      search_term: search.searchTerm,
      role_id: search.roleId,
      user_type: search.userType,
      login_enabled: yesOrNo(search.loginEnabled),
      login_status: search.loginStatus,
      saml_user: yesOrNo(search.samlUser),
      team_id: search.teamId,
      api_id: search.apiId,
      detailed: yesOrNo(search.detailed),
    },
    element: 'users',
    call,
    decode: (user) => decodeUser(user, SEARCH_USERS.name),
    keyOf: ({ guid }) => guid,
  });
}

/**
 * Creates an API service account, without credentials; wants an administrator.
 *
 * @operation POST /api/authn/v2/users (not idempotent)
 * @throws ServiceError (`bad-request`: name used, unknown role), AuthorizationError, ProtocolError, and the errors of the
 *   transport
 * @see docs.veracode.com "Create or edit API service accounts"
 * @public
 */
export function createServiceAccount(client: VeracodeClient, fields: ServiceAccountFields, call: CallOptions = {}): Promise<User> {
  return callRest(client, {
    operation: CREATE_USER,
    method: 'POST',
    path: `${PATH}/users`,
    body: encodeServiceAccount(fields),
    call,
    decode: (answer) => decodeUser(answer, CREATE_USER.name),
  });
}

/**
 * Lists teams; wants an administrator.
 *
 * @operation GET /api/authn/v2/teams (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function listTeamReferences(client: VeracodeClient, filters: TeamFilters = {}, call: CallOptions = {}): AsyncIterable<Team> {
  return readPages(client, {
    operation: LIST_TEAMS,
    path: `${PATH}/teams`,
    query: {
      all_for_org: filters.allForOrganization,
      team_name: filters.name,
      ignore_self_teams: filters.ignoreOwnTeams,
      only_manageable: filters.onlyManageable,
      deleted: filters.deleted,
    },
    element: 'teams',
    call,
    decode: (team) => decodeTeam(team, LIST_TEAMS.name),
    keyOf: ({ guid }) => guid,
  });
}

/**
 * Lists business units; wants an administrator.
 *
 * @param filters.name - the whole name
 * @param filters.searchTerm - part of the name
 * @operation GET /api/authn/v2/business_units (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function listBusinessUnits(
  client: VeracodeClient,
  filters: { readonly name?: string; readonly searchTerm?: string } = {},
  call: CallOptions = {},
): AsyncIterable<BusinessUnit> {
  return readPages(client, {
    operation: LIST_BUSINESS_UNITS,
    path: `${PATH}/business_units`,
    query: { bu_name: filters.name, search_term: filters.searchTerm },
    element: 'business_units',
    call,
    decode: (unit) => decodeBusinessUnit(unit, LIST_BUSINESS_UNITS.name),
    keyOf: ({ guid }) => guid,
  });
}

function yesOrNo(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined;
  return flag ? 'Yes' : 'No';
}
