import { type JsonObject, readDate, requireText } from '../../codecs/rest.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callRest } from './rest-call.js';

/** The API credential pair that signs the requests of a client. @public */
export interface OwnCredentials {
  readonly apiId: string;
  /** ISO 8601 UTC; null when the platform names no end. */
  readonly expiresAt: string | null;
  /** True when an administrator has revoked the pair. */
  readonly revoked: boolean;
}

const GET_OWN_CREDENTIALS: Operation = {
  name: 'GET /api/authn/v2/api_credentials',
  idempotent: true,
  limitClass: 'rest',
};
/** The calls of this file. */
export const CREDENTIAL_OPERATIONS = [GET_OWN_CREDENTIALS];

/**
 * Reads the state of the client's own credentials; the cheapest call that proves them. Open to every account.
 *
 * @operation GET /api/authn/v2/api_credentials (idempotent)
 * @throws AuthenticationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Get API credentials expiration with the REST API"
 * @public
 */
export async function getOwnCredentials(client: VeracodeClient, call: CallOptions = {}): Promise<OwnCredentials> {
  return callRest(client, {
    operation: GET_OWN_CREDENTIALS,
    method: 'GET',
    path: '/api/authn/v2/api_credentials',
    call,
    decode: decodeOwnCredentials,
  });
}

function decodeOwnCredentials(answer: JsonObject): OwnCredentials {
  const { name } = GET_OWN_CREDENTIALS;
  return {
    apiId: requireText(answer, 'api_id', name),
    expiresAt: readDate(answer, 'expiration_ts', name),
    revoked: readDate(answer, 'revocation_ts', name) !== null,
  };
}
