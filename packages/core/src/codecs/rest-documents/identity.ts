import type { BusinessUnit, ServiceAccountFields, Team, User } from '../../domain/user.js';
import { type JsonObject, optionalFlag, optionalNumber, optionalObject, optionalObjects, optionalText, requireText } from '../rest.js';

/** @throws ProtocolError `unexpected-shape` */
export function decodeUser(user: JsonObject, operation: string): User {
  const roles = optionalObjects(user, 'roles', operation).map((role) => ({
    name: requireText(role, 'role_name', operation),
    description: optionalText(role, 'role_description'),
  }));
  const permissions = optionalObjects(user, 'permissions', operation).flatMap((permission) => optionalText(permission, 'permission_name') ?? []);
  const organization = optionalObject(user, 'organization', operation);
  const type = optionalText(user, 'user_type');
  return {
    guid: requireText(user, 'user_id', operation),
    userName: requireText(user, 'user_name', operation),
    firstName: optionalText(user, 'first_name'),
    lastName: optionalText(user, 'last_name'),
    email: optionalText(user, 'email_address'),
    type,
    isServiceAccount: type === 'API' || permissions.includes('apiUser') || (roles.length > 0 && roles.every(({ name }) => name.endsWith('api'))),
    active: optionalFlag(user, 'active'),
    loginEnabled: optionalFlag(user, 'login_enabled'),
    roles,
    teams: optionalObjects(user, 'teams', operation).map((team) => decodeTeam(team, operation)),
    permissions,
    organization:
      organization === null ? null : { guid: requireText(organization, 'org_id', operation), name: optionalText(organization, 'org_name') ?? '' },
  };
}

/** The body that makes a service account: a user with the permission `apiUser`. The service wants two names of it. */
export function encodeServiceAccount({ userName, email, roles, teams }: ServiceAccountFields): object {
  return {
    user_name: userName,
    first_name: 'API',
    last_name: userName,
    email_address: email,
    active: true,
    ip_restricted: false,
    roles: roles.map((role) => ({ role_name: role })),
    teams: teams.map((team) => ({ team_id: team, relationship: 'MEMBER' })),
    permissions: [{ permission_name: 'apiUser' }],
  };
}

/** @throws ProtocolError `unexpected-shape` */
export function decodeTeam(team: JsonObject, operation: string): Team {
  return {
    guid: requireText(team, 'team_id', operation),
    name: requireText(team, 'team_name', operation),
    legacyId: optionalNumber(team, 'team_legacy_id')?.toString() ?? null,
  };
}

/** @throws ProtocolError `unexpected-shape` */
export function decodeBusinessUnit(unit: JsonObject, operation: string): BusinessUnit {
  return { guid: requireText(unit, 'bu_id', operation), name: requireText(unit, 'bu_name', operation) };
}
