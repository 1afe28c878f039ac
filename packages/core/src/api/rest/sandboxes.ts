import { decodeSandboxProfile, encodeSandboxProfile } from '../../codecs/rest-documents/sandbox-profile.js';
import type { SandboxProfile, SandboxProfileFields } from '../../domain/sandbox.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { type PagedList, readPages, readWholeList } from './pages.js';
import { withQuery } from './query.js';
import { callRest, callRestForStatus } from './rest-call.js';

const PATH = '/appsec/v1/applications/{guid}/sandboxes';

const LIST_SANDBOXES: Operation = { name: `GET ${PATH}`, idempotent: true, reads: true, limitClass: 'rest' };
const CREATE_SANDBOX: Operation = { name: `POST ${PATH}`, idempotent: false, reads: false, limitClass: 'rest' };
const GET_SANDBOX: Operation = { name: `GET ${PATH}/{sandbox}`, idempotent: true, reads: true, limitClass: 'rest' };
const UPDATE_SANDBOX: Operation = { name: `PUT ${PATH}/{sandbox}`, idempotent: true, reads: false, limitClass: 'rest' };
const DELETE_SANDBOX: Operation = { name: `DELETE ${PATH}/{sandbox}`, idempotent: true, reads: false, limitClass: 'rest' };
const PROMOTE_SANDBOX: Operation = { name: `POST ${PATH}/{sandbox}/promote`, idempotent: false, reads: false, limitClass: 'rest' };
/** The calls of this file. */
export const SANDBOX_PROFILE_OPERATIONS = [LIST_SANDBOXES, CREATE_SANDBOX, GET_SANDBOX, UPDATE_SANDBOX, DELETE_SANDBOX, PROMOTE_SANDBOX];

/** Where a sandbox is. @public */
export interface SandboxPlace {
  readonly applicationGuid: string;
  readonly sandboxGuid: string;
}

/**
 * Lists the sandboxes of an application.
 *
 * @operation GET /appsec/v1/applications/{guid}/sandboxes (idempotent)
 * @throws NotFoundError (no such application), AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function listSandboxProfiles(
  client: VeracodeClient,
  { applicationGuid }: { readonly applicationGuid: string },
  call: CallOptions = {},
): AsyncIterable<SandboxProfile> {
  return readPages(client, sandboxList(applicationGuid, call));
}

/**
 * Finds the sandboxes of an application with a name, in whatever case; two may differ in nothing else. The list has no
 * name filter, so all of it is read.
 *
 * @operation GET /appsec/v1/applications/{guid}/sandboxes (idempotent)
 * @throws NotFoundError (no such application), AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export async function findSandboxProfilesByName(
  client: VeracodeClient,
  { applicationGuid, name }: { readonly applicationGuid: string; readonly name: string },
  call: CallOptions = {},
): Promise<readonly SandboxProfile[]> {
  const sandboxes = await readWholeList(client, sandboxList(applicationGuid, call));
  return sandboxes.filter((sandbox) => sandbox.name.toLowerCase() === name.toLowerCase());
}

/**
 * Reads one sandbox.
 *
 * @operation GET /appsec/v1/applications/{guid}/sandboxes/{sandbox} (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function getSandboxProfile(client: VeracodeClient, place: SandboxPlace, call: CallOptions = {}): Promise<SandboxProfile> {
  return callRest(client, {
    operation: GET_SANDBOX,
    method: 'GET',
    path: pathOf(place),
    call,
    decode: (answer) => decodeSandboxProfile(answer, GET_SANDBOX.name),
  });
}

/**
 * Creates a sandbox. A name that is used, and one sandbox too many, are refused with words only.
 *
 * @operation POST /appsec/v1/applications/{guid}/sandboxes (not idempotent)
 * @throws ServiceError (`bad-request`: name used, limit reached), NotFoundError, AuthorizationError, ProtocolError, and
 *   the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function createSandboxProfile(
  client: VeracodeClient,
  { applicationGuid, fields }: { readonly applicationGuid: string; readonly fields: SandboxProfileFields },
  call: CallOptions = {},
): Promise<SandboxProfile> {
  return callRest(client, {
    operation: CREATE_SANDBOX,
    method: 'POST',
    path: listPathOf(applicationGuid),
    body: encodeSandboxProfile(fields),
    call,
    decode: (answer) => decodeSandboxProfile(answer, CREATE_SANDBOX.name),
  });
}

/**
 * Replaces name, custom fields and `autoRecreate` of a sandbox; what is left out is cleared.
 *
 * @operation PUT /appsec/v1/applications/{guid}/sandboxes/{sandbox} (idempotent)
 * @throws ServiceError (`bad-request`: name used), NotFoundError, AuthorizationError, ProtocolError, and the errors of
 *   the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function updateSandboxProfile(
  client: VeracodeClient,
  { fields, ...place }: SandboxPlace & { readonly fields: SandboxProfileFields },
  call: CallOptions = {},
): Promise<SandboxProfile> {
  return callRest(client, {
    operation: UPDATE_SANDBOX,
    method: 'PUT',
    path: pathOf(place),
    body: encodeSandboxProfile(fields),
    call,
    decode: (answer) => decodeSandboxProfile(answer, UPDATE_SANDBOX.name),
  });
}

/**
 * Deletes a sandbox with its scans and findings. Cannot be undone.
 *
 * A repeat after a lost answer finds no sandbox: a NotFoundError then means that it is gone.
 *
 * @operation DELETE /appsec/v1/applications/{guid}/sandboxes/{sandbox} (idempotent)
 * @throws NotFoundError, AuthorizationError, and the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function deleteSandboxProfile(client: VeracodeClient, place: SandboxPlace, call: CallOptions = {}): Promise<void> {
  return callRestForStatus(client, { operation: DELETE_SANDBOX, method: 'DELETE', path: pathOf(place), call });
}

/**
 * Makes the newest finished scan of a sandbox the newest one of the policy context. The platform goes on after its
 * answer. A second call is refused.
 *
 * @param place.deleteOnPromote - delete the sandbox afterwards; the platform's default is no
 * @returns the sandbox, as it was
 * @operation POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote (not idempotent)
 * @throws ServiceError (`bad-request`: nothing to promote, unfinished, older than 60 days), NotFoundError,
 *   AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Using the Development Sandbox API"
 * @public
 */
export function promoteSandboxProfile(
  client: VeracodeClient,
  { deleteOnPromote, ...place }: SandboxPlace & { readonly deleteOnPromote?: boolean },
  call: CallOptions = {},
): Promise<SandboxProfile> {
  return callRest(client, {
    operation: PROMOTE_SANDBOX,
    method: 'POST',
    path: withQuery(`${pathOf(place)}/promote`, { delete_on_promote: deleteOnPromote }),
    call,
    decode: (answer) => decodeSandboxProfile(answer, PROMOTE_SANDBOX.name),
  });
}

function sandboxList(applicationGuid: string, call: CallOptions): PagedList<SandboxProfile> {
  return {
    operation: LIST_SANDBOXES,
    path: listPathOf(applicationGuid),
    element: 'sandboxes',
    call,
    decode: (sandbox) => decodeSandboxProfile(sandbox, LIST_SANDBOXES.name),
    keyOf: ({ guid }) => guid,
  };
}

function listPathOf(applicationGuid: string): string {
  return `/appsec/v1/applications/${encodeURIComponent(applicationGuid)}/sandboxes`;
}

function pathOf({ applicationGuid, sandboxGuid }: SandboxPlace): string {
  return `${listPathOf(applicationGuid)}/${encodeURIComponent(sandboxGuid)}`;
}
