import { listBuilds } from '../api/xml/builds.js';
import { listSandboxes } from '../api/xml/sandboxes.js';
import type { Build } from '../domain/build.js';
import { isRefusal } from '../kernel/errors.js';
import { downloadReportOf } from './download-report-of.js';
import { findByName, type NameMatch, notFoundByName } from './resolve-by-name.js';
import type { CallingRun } from './run.js';

/** Builds whose report is asked for: the newest ones may run still, or have failed. */
const MOST_ASKED = 5;

/** Something of the XML API that has an id and a name. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** Which scans are looked through, and where the report goes. @public */
export interface EarlierReportSearch {
  readonly application: Named;
  /** Name of a sandbox; null are the policy scans. */
  readonly sandbox: string | null;
  /** The build that is to be compared; null where it is none of the platform's. */
  readonly own: OwnBuild | null;
  /** Path of the file; an existing one is replaced. */
  readonly file: string;
}

/** A build that must not be compared with itself. @public */
export interface OwnBuild {
  readonly buildId: string;
  /** Where it lies; null is the policy context. */
  readonly sandbox: Named | null;
  /** Tells the scans of the same work, earlier attempts of one job for example, which are passed over as well. */
  readonly isSameWork: (scanName: string) => boolean;
}

/** A report that was written, or why there is none. @public */
export type EarlierReport =
  | { readonly kind: 'found'; readonly build: Build; readonly sandbox: Named | null }
  /** A sentence for people. */
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Writes the detailed report of the newest published scan that is older than a build, of the policy scans or of a
 * sandbox, to a file. Two calls where the newest has results, one more in a sandbox that is not the build's own.
 *
 * A scan that is published is itself the newest one: compared with itself, everything would be known. Therefore the build
 * is left out, with everything that has a greater id, such as its own promoted copy, and with its earlier attempts.
 *
 * @throws ConflictError `ambiguous-name` (sandbox); ProtocolError `another-report`; LocalError; the errors of the calls
 * @public
 */
export async function findEarlierReport(run: CallingRun, search: EarlierReportSearch): Promise<EarlierReport> {
  const sandbox = search.sandbox === null ? null : await sandboxNamed(run, { ...search, sandbox: search.sandbox });
  if (sandbox !== null && 'reason' in sandbox) return { kind: 'none', reason: sandbox.reason };
  const place = sandbox === null ? `among the policy scans of "${search.application.name}"` : `in sandbox "${sandbox.name}" of "${search.application.name}"`;
  const builds = await listBuilds(run.client, { applicationId: search.application.id, sandboxId: sandbox?.id ?? null }, run.call);
  const earlier = builds.filter((build) => isEarlier(build, search.own)).toSorted(newestFirst);
  if (earlier.length === 0) return { kind: 'none', reason: `There is no ${search.own === null ? '' : 'earlier '}scan ${place}.` };
  const asked = earlier.slice(0, MOST_ASKED);
  for (const build of asked) {
    if (await hasWrittenReport(run, search, build)) return { kind: 'found', build: { id: build.id, name: build.name }, sandbox };
  }
  return { kind: 'none', reason: `Of ${earlier.length} scans ${place}, none of the newest ${asked.length} has published results.` };
}

/** Ids grow: whatever has a greater one was made later. */
function isEarlier({ id, name }: Build, own: OwnBuild | null): boolean {
  return own === null || (BigInt(id) < BigInt(own.buildId) && !own.isSameWork(name));
}

/** Nobody promises an order of the list. */
function newestFirst(left: Build, right: Build): number {
  return BigInt(left.id) < BigInt(right.id) ? 1 : -1;
}

async function sandboxNamed(
  { client, call }: CallingRun,
  { application, sandbox: name, own }: EarlierReportSearch & { readonly sandbox: string },
): Promise<Named | { readonly reason: string }> {
  if (own?.sandbox?.name === name) return own.sandbox;
  const sandboxes = await listSandboxes(client, { applicationId: application.id }, call);
  const match: NameMatch<Named> | undefined = findByName('sandbox', name, sandboxes);
  if (match !== undefined) return { id: match.found.id, name: match.found.name };
  return { reason: notFoundByName(`sandbox "${name}" in application profile "${application.name}"`, name, sandboxes, '').message };
}

/** @returns false for a build without published results, or one that was deleted meanwhile */
async function hasWrittenReport(run: CallingRun, { application, file }: EarlierReportSearch, { id }: Build): Promise<boolean> {
  try {
    await downloadReportOf(run, { buildId: id, applicationId: application.id, file });
    return true;
  } catch (error) {
    if (isRefusal(error) && /no report available|could not be found for build_id/iu.test(error.platformText)) return false;
    throw error;
  }
}
