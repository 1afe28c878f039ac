import { z } from 'zod';
import type { Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import type { UserRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import { roleNames, type RoleName } from '../../scenarios/account-schema.js';
import { allEntries, type CredentialDirectory, newPairJson, teamGuid, userJson } from './identity-json.js';
import { readJson } from './json-body.js';
import { apiOrigin, jsonResponse, restRoute, RestProblem } from './rest-route.js';

/** What a new user needs; further fields of the service are taken and mean nothing here. */
const userSchema = z.looseObject({
  user_name: z.string().min(1),
  first_name: z.string().min(1),
  last_name: z.string().min(1),
  email_address: z.string().regex(/^[^@\s]+@[^@\s]+$/, 'must be a mail address'),
  active: z.boolean().default(true),
  roles: z.array(z.looseObject({ role_name: z.string() })).default([]),
  teams: z.array(z.looseObject({ team_id: z.string(), relationship: z.enum(['ADMIN', 'MEMBER']).default('MEMBER') })).default([]),
  permissions: z.array(z.looseObject({ permission_name: z.string() })).default([]),
});

/** Making users, for administrators. */
export function userRoutes(world: World, credentials: CredentialDirectory): Route[] {
  return [
    restRoute({
      method: 'POST',
      path: '/api/authn/v2/users',
      parameters: ['generate_api_creds'],
      async answer(parameters, call) {
        const body = await readJson(call.body, userSchema);
        demandRight(call.account, 'administrate');
        const isService = body.permissions.some(({ permission_name: name }) => name === 'apiUser');
        if (allEntries(world).some(({ userName }) => userName.toLowerCase() === body.user_name.toLowerCase())) {
          throw new RestProblem(400, `user_name: ${body.user_name} already exists`);
        }
        const user: UserRecord = {
          userName: body.user_name,
          email: body.email_address,
          firstName: body.first_name,
          lastName: body.last_name,
          kind: isService ? 'api-service-account' : 'person',
          roles: body.roles.map(({ role_name: name }) => demandRole(name, isService)),
          teams: body.teams.map(({ team_id: id }) => demandTeam(world, id)),
          createdBy: call.account.userName,
          createdAtMs: world.clock.emulatedMs(),
        };
        world.state.users.push(user);
        const wantsPair = isService && (parameters.flag('generate_api_creds') ?? false);
        const likeId = credentials.ofUser(call.account.userName)?.apiId ?? '';
        return jsonResponse({
          ...userJson(world, user, true),
          ...(wantsPair ? { api_credentials: newPairJson(credentials.issue(user.userName, { wallMs: world.clock.wallMs(), likeId })) } : {}),
          _links: { self: { href: `${apiOrigin(call)}${call.path}` } },
        });
      },
    }),
  ];
}

/** Service accounts have roles of their own. */
function demandRole(name: string, isService: boolean): RoleName {
  if (!isRole(name)) {
    throw new RestProblem(400, `roles: ${name} does not exist`);
  }
  if (isService && name.startsWith('ext')) {
    throw new RestProblem(400, `roles: ${name} is not for API service accounts`);
  }
  return name;
}

function isRole(name: string): name is RoleName {
  return Object.hasOwn(roleNames, name);
}

function demandTeam(world: World, id: string): string {
  const team = world.scenario.teams.find((name) => teamGuid(name) === id);
  if (team === undefined) {
    throw new RestProblem(400, `teams: ${id} does not exist`);
  }
  return team;
}
