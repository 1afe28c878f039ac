import { APPINFO, APPLIST, DELETEAPP } from '../../codecs/documents/applications.js';
import type { Application, ApplicationFields, ApplicationSummary, BusinessCriticality } from '../../domain/application.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callXml, xmlOperation, type XmlParameters } from './xml-call.js';

const LIST_APPLICATIONS = xmlOperation('/api/5.0/getapplist.do', { idempotent: true, reads: true });
const GET_APPLICATION = xmlOperation('/api/5.0/getappinfo.do', { idempotent: true, reads: true });
const CREATE_APPLICATION = xmlOperation('/api/5.0/createapp.do', { idempotent: false, reads: false });
const UPDATE_APPLICATION = xmlOperation('/api/5.0/updateapp.do', { idempotent: true, reads: false });
const DELETE_APPLICATION = xmlOperation('/api/5.0/deleteapp.do', { idempotent: true, reads: false });

/** The calls of this file. */
export const APPLICATION_OPERATIONS = [
  LIST_APPLICATIONS,
  GET_APPLICATION,
  CREATE_APPLICATION,
  UPDATE_APPLICATION,
  DELETE_APPLICATION,
];

/** Fields of a new application profile: the platform wants a business criticality. @public */
export type NewApplicationFields = ApplicationFields & { readonly criticality: BusinessCriticality };

/**
 * Lists every application profile that the account can see, in one answer without pages: some hundred bytes each.
 * Profiles of other teams are left out, so a missing name may still be taken.
 *
 * @operation POST /api/5.0/getapplist.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getapplist.do"
 * @public
 */
export function listApplications(client: VeracodeClient, call: CallOptions = {}): Promise<readonly ApplicationSummary[]> {
  return callXml(client, { operation: LIST_APPLICATIONS, parameters: {}, document: APPLIST, call });
}

/**
 * Reads one application profile.
 *
 * @operation POST /api/5.0/getappinfo.do (idempotent)
 * @throws AuthorizationError (also for a profile of another account), RefusedError, ProtocolError, and the errors of
 *   the transport
 * @see docs.veracode.com "getappinfo.do"
 * @public
 */
export function getApplication(
  client: VeracodeClient,
  { applicationId }: { readonly applicationId: string },
  call: CallOptions = {},
): Promise<Application> {
  const parameters = { app_id: applicationId };
  return callXml(client, { operation: GET_APPLICATION, parameters, document: APPINFO, call });
}

/**
 * Creates an application profile. Names are unique in an account. An unknown policy may be replaced by a default
 * without a word, so look it up first.
 *
 * @operation POST /api/5.0/createapp.do (not idempotent)
 * @throws RefusedError (name taken, unknown team), AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "createapp.do"
 * @public
 */
export function createApplication(
  client: VeracodeClient,
  { name, fields }: { readonly name: string; readonly fields: NewApplicationFields },
  call: CallOptions = {},
): Promise<Application> {
  const parameters = { app_name: name, ...fieldParameters(fields) };
  return callXml(client, { operation: CREATE_APPLICATION, parameters, document: APPINFO, call });
}

/**
 * Sets fields of an application profile; those that are not given stay. The name is sent as well: give the present
 * one to keep it.
 *
 * @operation POST /api/5.0/updateapp.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "updateapp.do"
 * @public
 */
export function updateApplication(
  client: VeracodeClient,
  { applicationId, name, fields }: { readonly applicationId: string; readonly name: string; readonly fields: ApplicationFields },
  call: CallOptions = {},
): Promise<Application> {
  const parameters = { app_id: applicationId, app_name: name, ...fieldParameters(fields) };
  return callXml(client, { operation: UPDATE_APPLICATION, parameters, document: APPINFO, call });
}

/**
 * Deletes an application profile with its sandboxes, scans and findings. Cannot be undone.
 *
 * A repeat after a lost answer finds no profile and is refused: then list the profiles.
 *
 * @operation POST /api/5.0/deleteapp.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "deleteapp.do"
 * @public
 */
export async function deleteApplication(
  client: VeracodeClient,
  { applicationId }: { readonly applicationId: string },
  call: CallOptions = {},
): Promise<void> {
  const parameters = { app_id: applicationId };
  await callXml(client, { operation: DELETE_APPLICATION, parameters, document: DELETEAPP, call });
}

function fieldParameters(fields: ApplicationFields): XmlParameters {
  return {
    business_criticality: fields.criticality,
    policy: fields.policy,
    teams: fields.teams?.join(','),
    business_unit: fields.businessUnit,
    tags: fields.tags?.join(','),
    description: fields.description,
  };
}
