import { listApplicationProfiles } from '../api/rest/applications.js';
import type { PageFacts } from '../api/rest/pages.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';

/** What the platform's filter found, and what it took. */
export interface CheckedAfter {
  readonly profiles: readonly ApplicationProfile[];
  /** When each page was answered, ISO 8601 UTC, by the platform's clock; pages that do not say are left out. */
  readonly answeredAt: readonly string[];
  /** Calls that were made, a refused one included; repeated attempts of a call are not counted. */
  readonly calls: number;
}

/**
 * Lists the application profiles whose policy was evaluated on a day or later.
 *
 * The vendor's pages contradict each other about this filter: the OpenAPI file has a day, the how-to page a time to the
 * millisecond. The day is sent first; where the platform refuses it, the beginning of that day is sent once.
 *
 * @param day - `yyyy-MM-dd`
 * @throws ServiceError (`bad-request`: the refusal of the day, when both spellings are refused), AuthorizationError,
 *   ProtocolError, and the errors of the transport
 */
export async function listCheckedAfter(client: VeracodeClient, day: string, call: CallOptions): Promise<CheckedAfter> {
  const pages: PageFacts[] = [];
  const list = async (policyCheckedAfter: string): Promise<readonly ApplicationProfile[]> => {
    const profiles: ApplicationProfile[] = [];
    const options = { filters: { policyCheckedAfter }, onPage: (page: PageFacts) => void pages.push(page) };
    for await (const profile of listApplicationProfiles(client, options, call)) profiles.push(profile);
    return profiles;
  };
  const facts = (): Omit<CheckedAfter, 'profiles'> => ({ answeredAt: pages.flatMap(({ answeredAt }) => answeredAt ?? []), calls: pages.length });
  try {
    return { profiles: await list(day), ...facts() };
  } catch (refusal) {
    // Whoever has answered one page takes this spelling.
    if (!isRefused(refusal) || pages.length > 0) throw refusal;
    const profiles = await list(`${day}T00:00:00.000Z`).catch((error: unknown) => {
      throw isRefused(error) ? refusal : error;
    });
    const { answeredAt, calls } = facts();
    return { profiles, answeredAt, calls: calls + 1 };
  }
}

/** Status 400 and no other: the platform understood everything else of the call. */
function isRefused(error: unknown): boolean {
  return isVeracodeError(error) && error.code === 'bad-request' && error.context.status === 400;
}
