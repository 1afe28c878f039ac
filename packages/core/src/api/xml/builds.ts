import { BUILDINFO, BUILDLIST, DELETEBUILD } from '../../codecs/documents/builds.js';
import type { Build, BuildContext, BuildInfo } from '../../domain/build.js';
import { isVeracodeError, type RefusedError } from '../../kernel/errors.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callXml, xmlOperation, type XmlParameters } from './xml-call.js';

const LIST_BUILDS = xmlOperation('/api/5.0/getbuildlist.do', { idempotent: true, reads: true });
const GET_BUILD_INFO = xmlOperation('/api/5.0/getbuildinfo.do', { idempotent: true, reads: true });
const CREATE_BUILD = xmlOperation('/api/5.0/createbuild.do', { idempotent: false, reads: false });
const UPDATE_BUILD = xmlOperation('/api/5.0/updatebuild.do', { idempotent: true, reads: false });
const DELETE_BUILD = xmlOperation('/api/5.0/deletebuild.do', { idempotent: false, reads: false });

/** The calls of this file. */
export const BUILD_OPERATIONS = [LIST_BUILDS, GET_BUILD_INFO, CREATE_BUILD, UPDATE_BUILD, DELETE_BUILD];

/**
 * Lists the builds of the policy context or of a sandbox, in one answer and without their states. Do not depend on
 * the order.
 *
 * @operation POST /api/5.0/getbuildlist.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getbuildlist.do"
 * @public
 */
export function listBuilds(client: VeracodeClient, context: BuildContext, call: CallOptions = {}): Promise<readonly Build[]> {
  const parameters = contextParameters(context);
  return callXml(client, { operation: LIST_BUILDS, parameters, document: BUILDLIST, call });
}

/**
 * Reads status and policy evaluation of one build, or of the newest one of the context.
 *
 * Compare the id in the answer with the expected one: without `buildId` another pipeline may have put its build in
 * the place of yours.
 *
 * @returns null when the context has no build, or not the one asked for
 * @operation POST /api/5.0/getbuildinfo.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getbuildinfo.do"
 * @public
 */
export async function getBuildInfo(
  client: VeracodeClient,
  { buildId, ...context }: BuildContext & { readonly buildId?: string },
  call: CallOptions = {},
): Promise<BuildInfo | null> {
  const parameters = { ...contextParameters(context), build_id: buildId };
  try {
    return await callXml(client, { operation: GET_BUILD_INFO, parameters, document: BUILDINFO, call });
  } catch (error) {
    if (isNoBuild(error)) return null;
    throw error;
  }
}

/**
 * Starts a build and gives it its name. Refused while an earlier build of the same context is unfinished, and when
 * the name is used in the application.
 *
 * @operation POST /api/5.0/createbuild.do (not idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "createbuild.do"
 * @public
 */
export function createBuild(
  client: VeracodeClient,
  { name, ...context }: BuildContext & { readonly name: string },
  call: CallOptions = {},
): Promise<BuildInfo> {
  const parameters = { ...contextParameters(context), version: name };
  return callXml(client, { operation: CREATE_BUILD, parameters, document: BUILDINFO, call });
}

/**
 * Renames a build.
 *
 * @operation POST /api/5.0/updatebuild.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "updatebuild.do"
 * @public
 */
export function updateBuild(
  client: VeracodeClient,
  { name, buildId, ...context }: BuildContext & { readonly buildId: string; readonly name: string },
  call: CallOptions = {},
): Promise<BuildInfo> {
  const parameters = { ...contextParameters(context), build_id: buildId, version: name };
  return callXml(client, { operation: UPDATE_BUILD, parameters, document: BUILDINFO, call });
}

/**
 * Deletes the newest build of the context, whichever that is: the platform's call takes no build id. Read the newest
 * one just before, and never repeat this call without reading again: a repeat deletes the build before it.
 *
 * @operation POST /api/5.0/deletebuild.do (not idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "deletebuild.do"
 * @public
 */
export async function deleteLatestBuild(client: VeracodeClient, context: BuildContext, call: CallOptions = {}): Promise<void> {
  const parameters = contextParameters(context);
  await callXml(client, { operation: DELETE_BUILD, parameters, document: DELETEBUILD, call });
}

/** The parameters that name a build context. */
export function contextParameters({ applicationId, sandboxId }: BuildContext): XmlParameters {
  return { app_id: applicationId, sandbox_id: sandboxId ?? undefined };
}

/** The one refusal that is a plain answer: there is no such build. */
function isNoBuild(error: unknown): boolean {
  return isRefusal(error) && /could not find a build/i.test(error.platformText);
}

function isRefusal(error: unknown): error is RefusedError {
  return isVeracodeError(error) && error.name === 'RefusedError';
}
