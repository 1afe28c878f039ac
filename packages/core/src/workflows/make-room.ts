import { findProfileByLegacyId } from '../api/rest/applications.js';
import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { compileNamePattern } from '../domain/name-pattern.js';
import { ConflictError, DeadlineError, isVeracodeError, type RefusedError } from '../kernel/errors.js';
import { buildLink } from './build-link.js';
import { deleteBuild } from './delete-build.js';
import { pollBuild } from './poll-build.js';
import type { ScanRun } from './run.js';

/**
 * Called when the platform refused a new build: deletes the build in the way where the request allows it, or waits
 * for its end, or says precisely what is in the way.
 *
 * @throws ConflictError `build-in-the-way`; the refusal itself when nothing unfinished is there
 */
export async function makeRoom(run: ScanRun, context: BuildContext, refusal: RefusedError): Promise<void> {
  const latest = await getBuildInfo(run.client, context, run.call);
  // Nothing there at all: the refusal has another reason, and the platform's own words are the best message.
  if (latest === null) throw refusal;
  // It ended in the meantime: try again.
  if (phaseOf(latest.status) === 'finished') return;
  if (mayDelete(run, latest)) {
    // Whatever became of it: the next attempt to create a build shows what is in the way now.
    await deleteBuild(run, context, latest);
    return;
  }
  if (run.request.waitTurn) return waitForTurn(run, context);
  throw await inTheWay(run, context, latest);
}

/** The table of the vendor's wrapper: its level 1 is `not-running`, its level 2 is `any`. */
function mayDelete(run: ScanRun, build: BuildInfo): boolean {
  const phase = phaseOf(build.status);
  const deadEnd = phase === 'failed' || phase === 'editing' || build.status === 'not-submitted-to-engine';
  switch (run.request.deleteIncomplete) {
    case 'never':
      return false;
    case 'own-failed':
      return deadEnd && isOfThisJob(run, build.name);
    case 'not-running':
      return deadEnd;
    case 'any':
      return phase !== 'finished';
  }
}

function isOfThisJob(run: ScanRun, name: string): boolean {
  const { scanName, earlierScanNames } = run.request;
  if (name === scanName || run.request.scanNameSuffixes.some((suffix) => name === `${scanName}${suffix}`)) return true;
  return earlierScanNames !== null && compileNamePattern(earlierScanNames).test(name);
}

async function waitForTurn(run: ScanRun, context: BuildContext): Promise<void> {
  await pollBuild(run, {
    waitingFor: () => 'turn',
    read: (call) => getBuildInfo(run.client, context, call),
    pollAtOnce: false,
    isReached: (build) => build === null || phaseOf(build.status) === 'finished' || mayDelete(run, build),
    onDeadline: (build) =>
      new DeadlineError(
        `The turn did not come in time: ${build ? `scan "${build.name}" (build ${build.id}) is still "${build.statusText}"` : 'no status could be read'}.`,
        { code: 'turn-not-reached', advice: 'Nothing was uploaded. Run again later, or allow more time (--timeout).' },
      ),
  });
}

async function inTheWay(run: ScanRun, context: BuildContext, build: BuildInfo): Promise<ConflictError> {
  const who = build.submitter === null ? '' : ` by ${build.submitter}`;
  const since = await lastChange(run, context);
  const age = since === null ? '' : `, last changed ${describeAge(run.client.clock.now() - Date.parse(since))} ago (${since})`;
  return new ConflictError(
    `Scan "${build.name}" (build ${build.id}, status "${build.statusText}"), made${who}${age}, is in the way: a profile or sandbox takes one unfinished scan at a time. ${buildLink(run.client, build)}`,
    { code: 'build-in-the-way', advice: adviceFor(build) },
  );
}

function adviceFor(build: BuildInfo): string {
  const phase = phaseOf(build.status);
  return phase === 'editing' || phase === 'failed' || phase === 'prescanned'
    ? 'It does not run. Finish or delete it on the platform, or let the run delete it (--delete-incomplete not-running, or any).'
    : 'It is running. Queue behind it (--wait-turn), use a sandbox (--sandbox), or try again later.';
}

/** When the profile's static scan last changed; the XML answers do not tell. Null where it cannot be read. */
async function lastChange(run: ScanRun, context: BuildContext): Promise<string | null> {
  if (context.sandboxId !== null) return null;
  try {
    const profile = await findProfileByLegacyId(run.client, { applicationId: context.applicationId }, run.call);
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
