import { type JsonObject, readDate, requireText } from '../../codecs/rest.js';
import { Secret } from '../../kernel/redact.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callRest, callRestForStatus } from './rest-call.js';

/** An API credential pair without its secret, for instance the one that signs the requests of a client. @public */
export interface OwnCredentials {
  readonly apiId: string;
  /** ISO 8601 UTC; null when the platform names no end. */
  readonly expiresAt: string | null;
  /** True when an administrator has revoked the pair. */
  readonly revoked: boolean;
}

/** A pair that has just been made: the only time that its secret is seen. @public */
export interface IssuedPair {
  /** As the platform wrote it, with or without region prefix. */
  readonly apiId: string;
  readonly apiSecret: Secret;
  /** ISO 8601 UTC; null when the platform names no end. */
  readonly expiresAt: string | null;
}

const PATH = '/api/authn/v2/api_credentials';

const GET_OWN_CREDENTIALS: Operation = { name: `GET ${PATH}`, idempotent: true, reads: true, limitClass: 'rest' };
const GET_CREDENTIALS: Operation = { name: `GET ${PATH}/{api_id}`, idempotent: true, reads: true, limitClass: 'rest' };
const GET_CREDENTIALS_OF_USER: Operation = { name: `GET ${PATH}/user_id/{user}`, idempotent: true, reads: true, limitClass: 'rest' };
const GENERATE_OWN_CREDENTIALS: Operation = { name: `POST ${PATH}`, idempotent: false, reads: false, limitClass: 'rest' };
const GENERATE_CREDENTIALS_OF_USER: Operation = { name: `POST ${PATH}/user_id/{user}`, idempotent: false, reads: false, limitClass: 'rest' };
const REVOKE_CREDENTIALS: Operation = { name: `DELETE ${PATH}/{api_id}`, idempotent: true, reads: false, limitClass: 'rest' };
/** The calls of this file. */
export const CREDENTIAL_OPERATIONS = [
  GET_OWN_CREDENTIALS,
  GET_CREDENTIALS,
  GET_CREDENTIALS_OF_USER,
  GENERATE_OWN_CREDENTIALS,
  GENERATE_CREDENTIALS_OF_USER,
  REVOKE_CREDENTIALS,
];

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
    path: PATH,
    call,
    decode: (answer) => decodeCredentials(answer, GET_OWN_CREDENTIALS.name),
  });
}

/**
 * Reads the state of the credentials of an API user; wants an administrator of that user.
 *
 * @operation GET /api/authn/v2/api_credentials/user_id/{user} (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function getCredentialsOfUser(
  client: VeracodeClient,
  { userGuid }: { readonly userGuid: string },
  call: CallOptions = {},
): Promise<OwnCredentials> {
  return callRest(client, {
    operation: GET_CREDENTIALS_OF_USER,
    method: 'GET',
    path: `${PATH}/user_id/${encodeURIComponent(userGuid)}`,
    call,
    decode: (answer) => decodeCredentials(answer, GET_CREDENTIALS_OF_USER.name),
  });
}

/**
 * Reads the state of a pair by its id: one's own, or anybody's for an administrator.
 *
 * @operation GET /api/authn/v2/api_credentials/{api_id} (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Identity API"
 * @public
 */
export function getCredentials(client: VeracodeClient, { apiId }: { readonly apiId: string }, call: CallOptions = {}): Promise<OwnCredentials> {
  return callRest(client, {
    operation: GET_CREDENTIALS,
    method: 'GET',
    path: `${PATH}/${encodeURIComponent(apiId)}`,
    call,
    decode: (answer) => decodeCredentials(answer, GET_CREDENTIALS.name),
  });
}

/**
 * Makes a new pair for the account that signs. It ends the old one: at once by one page of the vendor, after 24 hours
 * by another. Never repeated when its outcome is unknown, because a secret cannot be read back.
 *
 * @operation POST /api/authn/v2/api_credentials (not idempotent)
 * @throws AuthenticationError, ProtocolError (the answer, and with it the secret, is lost), and the errors of the transport
 * @see docs.veracode.com "Generate API credentials with the REST API"
 * @public
 */
export function generateOwnCredentials(client: VeracodeClient, call: CallOptions = {}): Promise<IssuedPair> {
  return callRest(client, {
    operation: GENERATE_OWN_CREDENTIALS,
    method: 'POST',
    path: PATH,
    body: {},
    call,
    decode: (answer) => decodeIssuedPair(answer, GENERATE_OWN_CREDENTIALS.name),
  });
}

/**
 * Makes a new pair for an API user, and ends that user's old one; wants an administrator of that user.
 *
 * @operation POST /api/authn/v2/api_credentials/user_id/{user} (not idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError (the answer, and with it the secret, is lost), and the errors
 *   of the transport
 * @see docs.veracode.com "Generate API credentials with the REST API"
 * @public
 */
export function generateCredentialsOfUser(
  client: VeracodeClient,
  { userGuid }: { readonly userGuid: string },
  call: CallOptions = {},
): Promise<IssuedPair> {
  return callRest(client, {
    operation: GENERATE_CREDENTIALS_OF_USER,
    method: 'POST',
    path: `${PATH}/user_id/${encodeURIComponent(userGuid)}`,
    body: {},
    call,
    decode: (answer) => decodeIssuedPair(answer, GENERATE_CREDENTIALS_OF_USER.name),
  });
}

/**
 * Revokes a pair: one's own, or anybody's for an administrator. It cannot be taken back.
 *
 * @operation DELETE /api/authn/v2/api_credentials/{api_id} (idempotent)
 * @throws NotFoundError, AuthorizationError, and the errors of the transport
 * @see docs.veracode.com "Revoke API credentials"
 * @public
 */
export function revokeCredentials(client: VeracodeClient, { apiId }: { readonly apiId: string }, call: CallOptions = {}): Promise<void> {
  return callRestForStatus(client, { operation: REVOKE_CREDENTIALS, method: 'DELETE', path: `${PATH}/${encodeURIComponent(apiId)}`, call });
}

function decodeIssuedPair(answer: JsonObject, name: string): IssuedPair {
  return {
    apiId: requireText(answer, 'api_id', name),
    apiSecret: new Secret(requireText(answer, 'api_secret', name)),
    // The pair is there, whatever stands in its date: a secret is not thrown away for that.
    expiresAt: readDateOrNull(answer, 'expiration_ts', name),
  };
}

function readDateOrNull(answer: JsonObject, field: string, name: string): string | null {
  try {
    return readDate(answer, field, name);
  } catch {
    return null;
  }
}

function decodeCredentials(answer: JsonObject, name: string): OwnCredentials {
  return {
    apiId: requireText(answer, 'api_id', name),
    expiresAt: readDate(answer, 'expiration_ts', name),
    revoked: readDate(answer, 'revocation_ts', name) !== null,
  };
}
