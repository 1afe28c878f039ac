import { findApplicationProfilesByName } from '../api/rest/applications.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { listApplications } from '../api/xml/applications.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';

/** An application profile by the names of the XML API. */
export interface ProfileReference {
  /** The `app_id`. */
  readonly id: string;
  readonly name: string;
}

/** What a search for a profile came upon. */
export interface FoundProfiles {
  readonly profiles: readonly ProfileReference[];
  /** True when these are all profiles that the account can see; else only those with the name, in whatever case. */
  readonly isWholeList: boolean;
}

/**
 * Looks for application profiles by name: with the filter of the REST API, in one call whatever the account holds. An
 * account that may only submit is not let in there; it reads the whole list of the XML API.
 *
 * @throws ProtocolError, and the errors of the transport
 */
export async function findProfiles(client: VeracodeClient, name: string, call: CallOptions): Promise<FoundProfiles> {
  try {
    const profiles = await findApplicationProfilesByName(client, { name }, call);
    return { profiles: profiles.map((profile) => ({ id: profile.applicationId, name: profile.name })), isWholeList: false };
  } catch (error) {
    if (!isClosed(error)) throw error;
    return { profiles: await listApplications(client, call), isWholeList: true };
  }
}

/** Refused by the gateway: with a 403, or with the 401 of a service that the account has no part in. */
function isClosed(error: unknown): boolean {
  return isVeracodeError(error) && (error.name === 'AuthorizationError' || error.name === 'AuthenticationError');
}
