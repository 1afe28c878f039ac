import { type JsonObject, parseJsonObject, readDate, requireText } from '../../codecs/rest.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import { readText } from '../../transport/body.js';
import type { VeracodeClient } from '../veracode-client.js';

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

const ATTEMPT_TIMEOUT_MS = 60_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the state of the client's own credentials; the cheapest call that proves them. Open to every account.
 *
 * @operation GET /api/authn/v2/api_credentials (idempotent)
 * @throws AuthenticationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Get API credentials expiration with the REST API"
 * @public
 */
export async function getOwnCredentials(client: VeracodeClient, call: CallOptions = {}): Promise<OwnCredentials> {
  return client.send({
    request: {
      operation: GET_OWN_CREDENTIALS,
      method: 'GET',
      url: new URL(`${client.hosts.restBaseUrl}/api/authn/v2/api_credentials`),
      headers: { accept: 'application/json' },
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: async (response) =>
      decodeOwnCredentials(parseJsonObject(await readText(response, MAX_BYTES), GET_OWN_CREDENTIALS.name)),
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
