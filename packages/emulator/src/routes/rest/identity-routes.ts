import type { Route } from '../../exchange.js';
import type { World } from '../../platform/world.js';
import { type CredentialDirectory, credentialJson, entryOf, userJson } from './identity-json.js';
import { apiOrigin, jsonResponse, restRoute } from './rest-route.js';

/** The caller's own account. */
export function identityRoutes(world: World, credentials: CredentialDirectory): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: '/api/authn/v2/users/self',
      parameters: [],
      answer(_, call) {
        const pair = credentials.ofUser(call.account.userName);
        return jsonResponse({
          ...userJson(world, entryOf(world, call.account.userName), true),
          ...(pair === undefined ? {} : { api_credentials: credentialJson(pair) }),
          _links: { self: { href: `${apiOrigin(call)}/api/authn/v2/users/self` } },
        });
      },
    }),
  ];
}
