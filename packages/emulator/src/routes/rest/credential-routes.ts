import { z } from 'zod';
import type { IssuedCredentials } from '../../auth/keyring.js';
import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import type { World } from '../../platform/world.js';
import { allEntries, credentialJson, type CredentialDirectory, newPairJson, userGuid } from './identity-json.js';
import { readJson } from './json-body.js';
import { apiOrigin, emptyResponse, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const root = '/api/authn/v2/api_credentials';

/** A pair is made from nothing: whatever stands in the body is a client's mistake. */
const nothing = z.strictObject({});

/**
 * API credentials: read, made and revoked, one's own and, for administrators, those of others. An account has one pair,
 * its newest; reading never tells of an older one, even while that may still sign.
 */
export function credentialRoutes(world: World, credentials: CredentialDirectory): Route[] {
  const { clock } = world;
  const own = ({ account }: ApiCall): IssuedCredentials => demandPair(credentials.ofUser(account.userName));
  const revoke = (pair: IssuedCredentials, { account }: ApiCall): void => {
    credentials.revoke(pair.apiId, { by: account.userName, atMs: clock.wallMs() });
  };
  return [
    restRoute({ method: 'GET', path: root, parameters: [], answer: (_, call) => shown(own(call), call) }),
    restRoute({
      method: 'POST',
      path: root,
      parameters: [],
      async answer(_, call) {
        await readJson(call.body, nothing);
        return created(credentials.issue(call.account.userName, { wallMs: clock.wallMs() }), call);
      },
    }),
    restRoute({
      method: 'DELETE',
      path: root,
      parameters: [],
      answer(_, call) {
        revoke(own(call), call);
        return emptyResponse(204);
      },
    }),
    restRoute({ method: 'GET', path: `${root}/{api_id}`, parameters: [], answer: (_, call, path) => shown(pairById(credentials, call, path), call) }),
    restRoute({
      method: 'DELETE',
      path: `${root}/{api_id}`,
      parameters: [],
      answer(_, call, path) {
        revoke(pairById(credentials, call, path), call);
        return emptyResponse(204);
      },
    }),
    restRoute({
      method: 'GET',
      path: `${root}/user_id/{user}`,
      parameters: [],
      answer: (_, call, path) => shown(demandPair(credentials.ofUser(demandUser(world, call, path))), call),
    }),
    restRoute({
      method: 'POST',
      path: `${root}/user_id/{user}`,
      parameters: [],
      async answer(_, call, path) {
        await readJson(call.body, nothing);
        const userName = demandUser(world, call, path);
        // Everybody of an organisation is in the same region.
        return created(credentials.issue(userName, { wallMs: clock.wallMs(), likeId: own(call).apiId }), call);
      },
    }),
    restRoute({
      method: 'DELETE',
      path: `${root}/user_id/{user}`,
      parameters: [],
      answer(_, call, path) {
        revoke(demandPair(credentials.ofUser(demandUser(world, call, path))), call);
        return emptyResponse(204);
      },
    }),
  ];
}

function shown(pair: IssuedCredentials, call: ApiCall): ReturnType<typeof jsonResponse> {
  return jsonResponse({ ...credentialJson(pair), ...selfLink(call) });
}

function created(pair: IssuedCredentials, call: ApiCall): ReturnType<typeof jsonResponse> {
  return jsonResponse({ ...newPairJson(pair), ...selfLink(call) });
}

function selfLink(call: ApiCall): object {
  return { _links: { self: { href: `${apiOrigin(call)}${call.path}` } } };
}

/** Who may not look at a pair does not learn whether there is one. */
function pairById(credentials: CredentialDirectory, { account }: ApiCall, { api_id: apiId = '' }: Readonly<Record<string, string>>): IssuedCredentials {
  const pair = credentials.byId(apiId);
  if (pair?.userName !== account.userName) {
    demandRight(account, 'administrate');
  }
  return demandPair(pair);
}

function demandPair(pair: IssuedCredentials | undefined): IssuedCredentials {
  if (pair === undefined) {
    throw new RestProblem(404, 'The requested API credentials could not be found');
  }
  return pair;
}

/** The name of the user of the path: the caller's own, or anybody's for an administrator. */
function demandUser(world: World, { account }: ApiCall, { user }: Readonly<Record<string, string>>): string {
  const found = allEntries(world).find(({ userName }) => userGuid(userName) === user);
  if (found?.userName !== account.userName) {
    demandRight(account, 'administrate');
  }
  if (found === undefined) {
    throw new RestProblem(404, 'The requested user could not be found');
  }
  return found.userName;
}
