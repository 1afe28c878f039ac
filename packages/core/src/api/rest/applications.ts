import { type JsonObject, optionalObject, optionalText, readDate, readId, requireObject, requireObjects, requireText } from '../../codecs/rest.js';
import { NotFoundError, ProtocolError } from '../../kernel/errors.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callRest } from './rest-call.js';

/** The newest scan of one kind in the policy context. @public */
export interface ProfileScan {
  /** `STATIC`, `DYNAMIC`, `MANUAL`. */
  readonly type: string;
  /** The platform's word, for instance `PUBLISHED`; the REST API has other words than the XML API. */
  readonly status: string;
  /** ISO 8601 UTC; the last change of the state. */
  readonly modifiedAt: string | null;
}

/** An application profile as the REST API shows it. @public */
export interface ApplicationProfile {
  readonly guid: string;
  /** The `app_id` of the XML API. */
  readonly applicationId: string;
  readonly name: string;
  readonly repositoryUrl: string | null;
  readonly scans: readonly ProfileScan[];
}

const LIST_PROFILES: Operation = { name: 'GET /appsec/v1/applications', idempotent: true, limitClass: 'rest' };
const UPDATE_PROFILE: Operation = { name: 'PUT /appsec/v1/applications/{guid}', idempotent: true, limitClass: 'rest' };
/** The calls of this file. */
export const PROFILE_OPERATIONS = [LIST_PROFILES, UPDATE_PROFILE];

const PATH = '/appsec/v1/applications';

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
  await callRest(client, {
    operation: UPDATE_PROFILE,
    method: 'PUT',
    path: `${PATH}/${encodeURIComponent(found.summary.guid)}`,
    body: { profile: { ...found.profile, git_repo_url: repositoryUrl } },
    call,
    decode: (answer) => expectChanged(answer, found.summary.guid),
  });
}

interface FoundProfile {
  readonly summary: ApplicationProfile;
  /** What a PUT must bring. */
  readonly profile: JsonObject;
}

function findProfile(client: VeracodeClient, applicationId: string, call: CallOptions): Promise<FoundProfile | null> {
  return callRest(client, {
    operation: LIST_PROFILES,
    method: 'GET',
    path: `${PATH}?legacy_id=${encodeURIComponent(applicationId)}&size=50`,
    call,
    decode: (answer) => decodeFound(answer, applicationId),
  });
}

function decodeFound(answer: JsonObject, applicationId: string): FoundProfile | null {
  const { name: operation } = LIST_PROFILES;
  // Without hits the list is missing altogether.
  const embedded = optionalObject(answer, '_embedded', operation);
  const entries = embedded === null ? [] : requireObjects(embedded, 'applications', operation);
  const hit = entries.map((entry) => decodeProfile(entry, operation)).find(({ summary }) => summary.applicationId === applicationId);
  if (hit === undefined && entries.length > 0) {
    throw new ProtocolError(`${operation} was answered with other profiles than the one asked for (legacy_id ${applicationId}).`, {
      code: 'unexpected-shape',
    });
  }
  return hit ?? null;
}

function decodeProfile(entry: JsonObject, operation: string): FoundProfile {
  const profile = requireObject(entry, 'profile', operation);
  return {
    summary: {
      guid: requireText(entry, 'guid', operation),
      applicationId: readId(entry, 'id', operation),
      name: requireText(profile, 'name', operation),
      repositoryUrl: optionalText(profile, 'git_repo_url'),
      scans: requireObjects(entry, 'scans', operation).map((scan) => ({
        type: requireText(scan, 'scan_type', operation),
        status: optionalText(scan, 'status') ?? '',
        modifiedAt: readDate(scan, 'modified_date', operation),
      })),
    },
    profile,
  };
}

function expectChanged(answer: JsonObject, guid: string): void {
  if (requireText(answer, 'guid', UPDATE_PROFILE.name) === guid) return;
  throw new ProtocolError(`${UPDATE_PROFILE.name} was answered for another profile.`, { code: 'unexpected-shape' });
}
