import { DELETESANDBOX, PROMOTION, SANDBOXINFO, SANDBOXLIST } from '../../codecs/documents/sandboxes.js';
import type { Sandbox } from '../../domain/sandbox.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callXml, xmlOperation } from './xml-call.js';

const LIST_SANDBOXES = xmlOperation('/api/5.0/getsandboxlist.do', { idempotent: true, reads: true });
const CREATE_SANDBOX = xmlOperation('/api/5.0/createsandbox.do', { idempotent: false, reads: false });
const UPDATE_SANDBOX = xmlOperation('/api/5.0/updatesandbox.do', { idempotent: true, reads: false });
const DELETE_SANDBOX = xmlOperation('/api/5.0/deletesandbox.do', { idempotent: true, reads: false });
const PROMOTE_SANDBOX = xmlOperation('/api/5.0/promotesandbox.do', { idempotent: false, reads: false });

/** The calls of this file. */
export const SANDBOX_OPERATIONS = [LIST_SANDBOXES, CREATE_SANDBOX, UPDATE_SANDBOX, DELETE_SANDBOX, PROMOTE_SANDBOX];

/**
 * Lists the sandboxes of an application, in one answer. Look an id up for each run: a recreated sandbox has the old
 * name and a new id.
 *
 * @operation POST /api/5.0/getsandboxlist.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getsandboxlist.do"
 * @public
 */
export function listSandboxes(
  client: VeracodeClient,
  { applicationId }: { readonly applicationId: string },
  call: CallOptions = {},
): Promise<readonly Sandbox[]> {
  const parameters = { app_id: applicationId };
  return callXml(client, { operation: LIST_SANDBOXES, parameters, document: SANDBOXLIST, call });
}

/**
 * Creates a sandbox. It is not documented that a used name is refused, so list the sandboxes first, without regard to
 * case.
 *
 * @param input.autoRecreate - start afresh under the same name when the sandbox expires; the platform's default is no
 * @operation POST /api/5.0/createsandbox.do (not idempotent)
 * @throws RefusedError (25 sandboxes at most), AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "createsandbox.do"
 * @public
 */
export function createSandbox(
  client: VeracodeClient,
  { applicationId, name, autoRecreate }: { readonly applicationId: string; readonly name: string; readonly autoRecreate?: boolean },
  call: CallOptions = {},
): Promise<Sandbox> {
  const parameters = { app_id: applicationId, sandbox_name: name, auto_recreate: autoRecreate?.toString() };
  return callXml(client, { operation: CREATE_SANDBOX, parameters, document: SANDBOXINFO, call });
}

/**
 * Renames a sandbox, or changes whether it is recreated. What is not given stays.
 *
 * @operation POST /api/5.0/updatesandbox.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "updatesandbox.do"
 * @public
 */
export function updateSandbox(
  client: VeracodeClient,
  { sandboxId, name, autoRecreate }: { readonly sandboxId: string; readonly name?: string; readonly autoRecreate?: boolean },
  call: CallOptions = {},
): Promise<Sandbox> {
  const parameters = { sandbox_id: sandboxId, sandbox_name: name, auto_recreate: autoRecreate?.toString() };
  return callXml(client, { operation: UPDATE_SANDBOX, parameters, document: SANDBOXINFO, call });
}

/**
 * Deletes a sandbox with its scans and findings. Cannot be undone.
 *
 * A repeat after a lost answer finds no sandbox and is refused: then list the sandboxes.
 *
 * @operation POST /api/5.0/deletesandbox.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "deletesandbox.do"
 * @public
 */
export async function deleteSandbox(
  client: VeracodeClient,
  { sandboxId }: { readonly sandboxId: string },
  call: CallOptions = {},
): Promise<void> {
  const parameters = { sandbox_id: sandboxId };
  await callXml(client, { operation: DELETE_SANDBOX, parameters, document: DELETESANDBOX, call });
}

/**
 * Makes the newest finished build of a sandbox the newest one of the policy context. The platform goes on after its
 * answer: look for the build in the list of the policy context, its name ends in "Promoted". A second call is refused.
 *
 * @param input.deleteOnPromote - delete the sandbox afterwards; the platform's default is no
 * @operation POST /api/5.0/promotesandbox.do (not idempotent)
 * @throws RefusedError (not the newest build, unfinished, older than 60 days), AuthorizationError, ProtocolError, and
 *   the errors of the transport
 * @see docs.veracode.com "promotesandbox.do"
 * @public
 */
export async function promoteSandbox(
  client: VeracodeClient,
  { buildId, deleteOnPromote }: { readonly buildId: string; readonly deleteOnPromote?: boolean },
  call: CallOptions = {},
): Promise<void> {
  const parameters = { build_id: buildId, delete_on_promote: deleteOnPromote?.toString() };
  await callXml(client, { operation: PROMOTE_SANDBOX, parameters, document: PROMOTION, call });
}
