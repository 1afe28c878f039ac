import { findProfileByLegacyId } from '../api/rest/applications.js';
import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import { isVeracodeError } from '../kernel/errors.js';
import { buildLink } from './build-link.js';
import type { CallingRun } from './run.js';

/** An unfinished build, which keeps the next one from being made. @public */
export interface BuildInTheWay {
  readonly build: BuildInfo;
  readonly phase: BuildPhase;
  /** ISO 8601 UTC; null where the platform does not tell. */
  readonly changedAt: string | null;
  /** Where a person looks at it. */
  readonly link: string;
  /** Which build, its status, whose it is, how old, and the link. */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Where to look. `sandboxModifiedAt`, ISO 8601 UTC, from whoever has read the sandbox: it is not read for its age alone. */
type ReadContext = BuildContext & { readonly sandboxModifiedAt?: string | null };

/**
 * Looks whether the newest build of a context is unfinished. A profile or sandbox takes one such build at a time.
 *
 * @returns null when nothing is in the way
 * @throws the errors of the call
 * @public
 */
export async function findBuildInTheWay(calling: CallingRun, context: ReadContext): Promise<BuildInTheWay | null> {
  const build = await getBuildInfo(calling.client, context, calling.call);
  return build === null || phaseOf(build.status) === 'finished' ? null : describeBuildInTheWay(calling, context, build);
}

/** Says precisely what is in the way. */
export async function describeBuildInTheWay(calling: CallingRun, context: ReadContext, build: BuildInfo): Promise<BuildInTheWay> {
  const { client } = calling;
  const phase = phaseOf(build.status);
  const who = build.submitter === null ? '' : ` by ${build.submitter}`;
  const changedAt = await lastChange(calling, context);
  const ago = (at: string): string => `last changed ${describeAge(client.clock.now() - Date.parse(at))} ago (${at})`;
  const { sandboxModifiedAt = null } = context;
  const age = changedAt !== null ? `, ${ago(changedAt)}` : sandboxModifiedAt !== null ? `, in a sandbox that was ${ago(sandboxModifiedAt)}` : '';
  const link = buildLink(client, build);
  return {
    build,
    phase,
    changedAt,
    link,
    sentence: `Scan "${build.name}" (build ${build.id}, status "${build.statusText}"), made${who}${age}, is in the way: a profile or sandbox takes one unfinished scan at a time. ${link}`,
    advice: adviceFor(phase),
  };
}

function adviceFor(phase: BuildPhase): string {
  return phase === 'editing' || phase === 'failed' || phase === 'prescanned'
    ? 'It does not run. Finish or delete it on the platform, or let the run delete it (--delete-incomplete not-running, or any).'
    : 'It is running. Queue behind it (--wait-turn), use a sandbox (--sandbox), or try again later.';
}

/** When the profile's static scan last changed; the XML answers do not tell. Null where it cannot be read. */
async function lastChange({ client, call }: CallingRun, context: BuildContext): Promise<string | null> {
  if (context.sandboxId !== null) return null;
  try {
    const profile = await findProfileByLegacyId(client, { applicationId: context.applicationId }, call);
    return profile?.scans.find((scan) => scan.type === 'STATIC')?.modifiedAt ?? null;
  } catch (error) {
    if (isVeracodeError(error)) return null; // the age is a courtesy: without it the message still helps
    throw error;
  }
}

function describeAge(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${String(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${String(hours)} hours` : `${String(Math.round(hours / 24))} days`;
}
