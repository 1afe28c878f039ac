import { LARGEST_SIZE } from '../api/rest/pages.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import type { CallOptions } from '../transport/http.js';
import { type ChangeCursor, expectCursorOf, parseSince } from './change-cursor.js';
import { listCheckedAfter } from './list-checked-after.js';

/** What may become visible later than it happened. */
const OVERLAP_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** The filter may look at days only, at those after the given one, and at days of the platform's own time zone. */
const DAYS_BEFORE = 2;

/** Application profiles whose policy was evaluated again, and how to go on from here. @public */
export interface ChangedApplications {
  /** Oldest evaluation first, then by GUID. */
  readonly profiles: readonly ApplicationProfile[];
  /** Where the next search begins. Save it after the profiles have been dealt with, never before. */
  readonly cursor: ChangeCursor;
  /** Calls that were made, refused ones included; repeated attempts of a call are not counted. */
  readonly calls: number;
}

/**
 * Finds the application profiles whose policy was evaluated since a moment: after a scan, a mitigation, a change of the
 * policy, or because a grace period ended.
 *
 * The platform's filter is asked for whole days, with some to spare, and the times of the evaluations are compared here.
 * What the cursor says was handed out before is left out, so that searches may overlap: an evaluation that becomes
 * visible some minutes late is not missed. A profile without the time of its evaluation is always handed out, because
 * nobody can say that it did not change. Times are those of the platform's clock, whatever this machine's clock shows.
 *
 * @param from - where the last search ended, or the time to begin at, ISO 8601
 * @throws ValidationError (no time), ConflictError (cursor of another platform), AuthorizationError, ProtocolError, and
 *   the errors of the transport
 * @see docs.veracode.com "Best practices for using the Veracode APIs"
 * @public
 */
export async function changedApplications(
  client: VeracodeClient,
  { from }: { readonly from: string | ChangeCursor },
  call: CallOptions = {},
): Promise<ChangedApplications> {
  const platformUrl = client.hosts.restBaseUrl;
  if (typeof from !== 'string') expectCursorOf(platformUrl, from);
  const sinceMs = parseSince(typeof from === 'string' ? from : from.since);
  const handedOut = typeof from === 'string' ? {} : from.handedOut;
  // A plain time is taken at its word: nobody knows what was handed out before it.
  const lookFromMs = typeof from === 'string' ? sinceMs : sinceMs - OVERLAP_MS;
  const day = new Date(lookFromMs - DAYS_BEFORE * DAY_MS).toISOString().slice(0, 10);
  const { profiles, answeredAt, calls } = await listCheckedAfter(client, day, call);
  const recent = profiles.filter(({ policyCheckedAt }) => policyCheckedAt === null || Date.parse(policyCheckedAt) >= lookFromMs);
  const changed = recent.filter(({ guid, policyCheckedAt }) => policyCheckedAt === null || handedOut[guid] !== policyCheckedAt);
  return {
    profiles: changed.toSorted(byEvaluation),
    // Whatever is evaluated after the first answer may stand in none. Without a time of the platform's, nothing is skipped.
    cursor: { schemaVersion: 1, platformUrl, ...cursorAt(answeredAt.toSorted()[0] ?? new Date(sinceMs).toISOString(), recent) },
    calls,
  };
}

/** How many calls it takes to list so many application profiles. @public */
export function callsOfListing(profiles: number): number {
  return Math.max(1, Math.ceil(profiles / LARGEST_SIZE));
}

function cursorAt(since: string, recent: readonly ApplicationProfile[]): Pick<ChangeCursor, 'since' | 'handedOut'> {
  const lookFromMs = Date.parse(since) - OVERLAP_MS;
  const overlapping = recent.flatMap(({ guid, policyCheckedAt }): [string, string][] =>
    policyCheckedAt !== null && Date.parse(policyCheckedAt) >= lookFromMs ? [[guid, policyCheckedAt]] : [],
  );
  return { since, handedOut: Object.fromEntries(overlapping.toSorted(([left], [right]) => compareText(left, right))) };
}

function byEvaluation(left: ApplicationProfile, right: ApplicationProfile): number {
  // Those without a time come last.
  return compareText(left.policyCheckedAt ?? '~', right.policyCheckedAt ?? '~') || compareText(left.guid, right.guid);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
