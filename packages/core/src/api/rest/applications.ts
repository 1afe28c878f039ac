import { decodeApplicationProfile, encodeProfileFields } from '../../codecs/rest-documents/application-profile.js';
import { type JsonObject, optionalObject, readCount, requireObject, requireObjects, requireText } from '../../codecs/rest.js';
import type { BusinessCriticality } from '../../domain/application.js';
import type { ApplicationProfile, ApplicationProfileFields, ApplicationProfileFilters } from '../../domain/application-profile.js';
import { NotFoundError, ProtocolError } from '../../kernel/errors.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { type PagedList, type PageFacts, readPages, readWholeList } from './pages.js';
import { type Query, withQuery } from './query.js';
import { callRest, callRestForStatus } from './rest-call.js';

const LIST_PROFILES: Operation = { name: 'GET /appsec/v1/applications', idempotent: true, reads: true, limitClass: 'rest' };
const CREATE_PROFILE: Operation = { name: 'POST /appsec/v1/applications', idempotent: false, reads: false, limitClass: 'rest' };
const GET_PROFILE: Operation = { name: 'GET /appsec/v1/applications/{guid}', idempotent: true, reads: true, limitClass: 'rest' };
const UPDATE_PROFILE: Operation = { name: 'PUT /appsec/v1/applications/{guid}', idempotent: true, reads: false, limitClass: 'rest' };
const DELETE_PROFILE: Operation = { name: 'DELETE /appsec/v1/applications/{guid}', idempotent: true, reads: false, limitClass: 'rest' };
/** The calls of this file. */
export const PROFILE_OPERATIONS = [LIST_PROFILES, CREATE_PROFILE, GET_PROFILE, UPDATE_PROFILE, DELETE_PROFILE];

const PATH = '/appsec/v1/applications';

/** Which part of the list, and who wants to know of its pages. @public */
export interface ProfileListOptions {
  readonly filters?: ApplicationProfileFilters;
  readonly onPage?: (page: PageFacts) => void;
}

/**
 * Lists the application profiles that fit all filters and that the account can see.
 *
 * All profiles of the answer are held in memory before the first one is handed out, some kilobytes each: see
 * `readPages`.
 *
 * @operation GET /appsec/v1/applications (idempotent)
 * @throws AuthorizationError (an account that may only submit), ProtocolError (also when the pages do not add up:
 *   `count-mismatch`), and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export function listApplicationProfiles(
  client: VeracodeClient,
  { filters = {}, onPage }: ProfileListOptions = {},
  call: CallOptions = {},
): AsyncIterable<ApplicationProfile> {
  return readPages(client, { ...profileList(filters, call), ...(onPage === undefined ? {} : { onPage }) });
}

/**
 * Counts the application profiles that the account can see, without reading them.
 *
 * @operation GET /appsec/v1/applications (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export function countApplicationProfiles(client: VeracodeClient, call: CallOptions = {}): Promise<number> {
  return callRest(client, {
    operation: LIST_PROFILES,
    method: 'GET',
    path: withQuery(PATH, { page: 0, size: 1 }),
    call,
    decode: (answer) => readCount(requireObject(answer, 'page', LIST_PROFILES.name), 'total_elements', LIST_PROFILES.name),
  });
}

/**
 * Finds the application profiles with a name, in whatever case; two may differ in nothing else. The platform's filter
 * is content with a part of the name, so the names are compared here, over all pages.
 *
 * @operation GET /appsec/v1/applications (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export async function findApplicationProfilesByName(
  client: VeracodeClient,
  { name }: { readonly name: string },
  call: CallOptions = {},
): Promise<readonly ApplicationProfile[]> {
  const profiles = await readWholeList(client, profileList({ name }, call));
  return profiles.filter((profile) => profile.name.toLowerCase() === name.toLowerCase());
}

/**
 * Finds the REST side of an application profile.
 *
 * @param applicationId - the `app_id` of the XML API
 * @returns null when there is none, or the account cannot see it
 * @operation GET /appsec/v1/applications (idempotent)
 * @throws ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export async function findProfileByLegacyId(
  client: VeracodeClient,
  { applicationId }: { readonly applicationId: string },
  call: CallOptions = {},
): Promise<ApplicationProfile | null> {
  return (await findProfile(client, applicationId, call))?.summary ?? null;
}

/**
 * Reads one application profile.
 *
 * @operation GET /appsec/v1/applications/{guid} (idempotent)
 * @throws NotFoundError (also for a profile that the account must not see), AuthorizationError, ProtocolError, and the
 *   errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export async function getApplicationProfile(
  client: VeracodeClient,
  { guid }: { readonly guid: string },
  call: CallOptions = {},
): Promise<ApplicationProfile> {
  return (await readProfile(client, guid, call)).summary;
}

/**
 * Creates an application profile. Names are unique in an account. Without a policy the default one of the criticality
 * is taken; an account that is restricted to its teams must name one of them.
 *
 * @operation POST /appsec/v1/applications (not idempotent)
 * @throws ServiceError (`bad-request`: name taken, unknown team or policy), AuthorizationError, ProtocolError, and the
 *   errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export function createApplicationProfile(
  client: VeracodeClient,
  fields: ApplicationProfileFields & { readonly name: string; readonly criticality: BusinessCriticality },
  call: CallOptions = {},
): Promise<ApplicationProfile> {
  return callRest(client, {
    operation: CREATE_PROFILE,
    method: 'POST',
    path: PATH,
    body: { profile: encodeProfileFields(fields) },
    call,
    decode: (answer) => decodeApplicationProfile(answer, CREATE_PROFILE.name),
  });
}

/**
 * Changes the given fields of an application profile, and nothing else.
 *
 * The platform's call replaces a whole profile, so the profile is read and written back, fields that are not known here
 * included. What somebody else changes between the two calls, a fraction of a second, is lost; so is what the platform
 * takes and never shows (`custom_kms_alias`).
 *
 * @operation PUT /appsec/v1/applications/{guid} (idempotent)
 * @throws NotFoundError, AuthorizationError, ConflictError, ServiceError (`bad-request`), ProtocolError, and the errors
 *   of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export async function updateApplicationProfile(
  client: VeracodeClient,
  { guid, fields }: { readonly guid: string; readonly fields: ApplicationProfileFields },
  call: CallOptions = {},
): Promise<ApplicationProfile> {
  const { profile } = await readProfile(client, guid, call);
  return writeProfile(client, { guid, profile: { ...profile, ...encodeProfileFields(fields) } }, call);
}

/**
 * Deletes an application profile with its sandboxes, scans and findings. Cannot be undone.
 *
 * A repeat after a lost answer finds no profile: a NotFoundError then means that it is gone.
 *
 * @operation DELETE /appsec/v1/applications/{guid} (idempotent)
 * @throws NotFoundError, AuthorizationError, ConflictError, and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export function deleteApplicationProfile(client: VeracodeClient, { guid }: { readonly guid: string }, call: CallOptions = {}): Promise<void> {
  return callRestForStatus(client, { operation: DELETE_PROFILE, method: 'DELETE', path: pathOf(guid), call });
}

/**
 * Sets the repository URL of an application profile, and nothing else; sends nothing when it is already that one.
 *
 * The platform's call replaces a whole profile, so the profile is read and written back. What somebody else changes
 * between the two calls, a fraction of a second, is lost.
 *
 * @operation PUT /appsec/v1/applications/{guid} (idempotent)
 * @throws NotFoundError, AuthorizationError, ConflictError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export async function setRepositoryUrl(
  client: VeracodeClient,
  { applicationId, repositoryUrl }: { readonly applicationId: string; readonly repositoryUrl: string },
  call: CallOptions = {},
): Promise<void> {
  const found = await findProfile(client, applicationId, call);
  if (found === null) {
    throw new NotFoundError(`There is no application profile with the id ${applicationId}, so its repository URL cannot be set.`, {
      code: 'application-not-found',
      advice: 'Check that the profile still exists and that the API account may see it.',
    });
  }
  if (found.summary.repositoryUrl === repositoryUrl) return;
  const profile = { ...found.profile, ...encodeProfileFields({ repositoryUrl }) };
  await writeProfile(client, { guid: found.summary.guid, profile }, call);
}

interface FoundProfile {
  readonly summary: ApplicationProfile;
  /** What a PUT must bring. */
  readonly profile: JsonObject;
}

function profileList(filters: ApplicationProfileFilters, call: CallOptions): PagedList<ApplicationProfile> {
  return {
    operation: LIST_PROFILES,
    path: PATH,
    query: queryOf(filters),
    element: 'applications',
    call,
    decode: (entry) => decodeApplicationProfile(entry, LIST_PROFILES.name),
    keyOf: ({ guid }) => guid,
  };
}

function queryOf(filters: ApplicationProfileFilters): Query {
  return {
    name: filters.name,
    legacy_id: filters.applicationId,
    tag: filters.tag,
    team: filters.team,
    business_unit: filters.businessUnit,
    policy: filters.policy,
    policy_guid: filters.policyGuid,
    policy_compliance: filters.policyCompliance,
    policy_compliance_checked_after: filters.policyCheckedAfter,
    modified_after: filters.modifiedAfter,
    scan_status: filters.scanStatuses,
    scan_type: filters.scanType,
    custom_field_names: filters.customFields?.map(({ name }) => name),
    custom_field_values: filters.customFields?.map(({ value }) => value),
    sort_by_custom_field_name: filters.sortByCustomField,
    git_repo_url: filters.repositoryUrl,
  };
}

function findProfile(client: VeracodeClient, applicationId: string, call: CallOptions): Promise<FoundProfile | null> {
  return callRest(client, {
    operation: LIST_PROFILES,
    method: 'GET',
    path: withQuery(PATH, { legacy_id: applicationId, size: 50 }),
    call,
    decode: (answer) => decodeFound(answer, applicationId),
  });
}

function decodeFound(answer: JsonObject, applicationId: string): FoundProfile | null {
  const { name: operation } = LIST_PROFILES;
  // Without hits the list is missing altogether.
  const embedded = optionalObject(answer, '_embedded', operation);
  const entries = embedded === null ? [] : requireObjects(embedded, 'applications', operation);
  const hit = entries.map((entry) => decodeFoundProfile(entry, operation)).find(({ summary }) => summary.applicationId === applicationId);
  if (hit === undefined && entries.length > 0) {
    throw new ProtocolError(`${operation} was answered with other profiles than the one asked for (legacy_id ${applicationId}).`, {
      code: 'unexpected-shape',
    });
  }
  return hit ?? null;
}

function readProfile(client: VeracodeClient, guid: string, call: CallOptions): Promise<FoundProfile> {
  return callRest(client, {
    operation: GET_PROFILE,
    method: 'GET',
    path: pathOf(guid),
    call,
    decode: (answer) => {
      expectGuid(answer, guid, GET_PROFILE.name);
      return decodeFoundProfile(answer, GET_PROFILE.name);
    },
  });
}

function writeProfile(
  client: VeracodeClient,
  { guid, profile }: { readonly guid: string; readonly profile: JsonObject },
  call: CallOptions,
): Promise<ApplicationProfile> {
  return callRest(client, {
    operation: UPDATE_PROFILE,
    method: 'PUT',
    path: pathOf(guid),
    body: { profile },
    call,
    decode: (answer) => {
      expectGuid(answer, guid, UPDATE_PROFILE.name);
      return decodeApplicationProfile(answer, UPDATE_PROFILE.name);
    },
  });
}

function decodeFoundProfile(entry: JsonObject, operation: string): FoundProfile {
  return { summary: decodeApplicationProfile(entry, operation), profile: requireObject(entry, 'profile', operation) };
}

function expectGuid(answer: JsonObject, guid: string, operation: string): void {
  if (requireText(answer, 'guid', operation) === guid) return;
  throw new ProtocolError(`${operation} was answered for another profile.`, { code: 'unexpected-shape' });
}

function pathOf(guid: string): string {
  return `${PATH}/${encodeURIComponent(guid)}`;
}
