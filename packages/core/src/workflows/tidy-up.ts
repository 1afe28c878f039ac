import { getBuildInfo } from '../api/xml/builds.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import { createDeadline } from '../kernel/deadline.js';
import { isVeracodeError } from '../kernel/errors.js';
import { deleteBuild } from './delete-build.js';
import { deleteOwnSandbox } from './delete-own-sandbox.js';
import type { Run, ScanRun } from './run.js';
import type { NamedPlace } from './scan-state.js';

/** What clearing up may take when the run has failed already. */
const TIDY_UP_MS = 60_000;

/** Ended badly, or never began. */
const DEAD: ReadonlySet<BuildPhase> = new Set<BuildPhase>(['editing', 'failed']);

/** The same, and a prescan whose modules nobody will select: the run has said that it failed for good. */
const GIVEN_UP: ReadonlySet<BuildPhase> = new Set<BuildPhase>([...DEAD, 'prescanned']);

/**
 * Does the work of a run, and leaves nothing in the way of the next one when it fails: a build of ours that has ended
 * badly, or never began, would block every later run of the profile. A sandbox that the run made goes with a scan that
 * failed for good, because sandboxes are few and a pile of empty ones is in everybody's way.
 *
 * What still runs on the platform is left alone, as is everything when the run was cancelled or ran out of time: then
 * somebody may go on with it.
 *
 * @see docs.veracode.com "Best practices for using the Veracode APIs", which names the pile of sandboxes
 */
export async function tidyingUp<T>(run: ScanRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isVeracodeError(error) && error.name !== 'AbortedError' && error.name !== 'DeadlineError') {
      await tidyUp(run, error.name === 'ScanFailedError' ? ownSandbox(run) : null);
    }
    throw error;
  }
}

/** The sandbox that this run, or the one that it resumes, made; null where it must stay. */
function ownSandbox(run: ScanRun): NamedPlace | null {
  const { sandbox } = run.state();
  return sandbox?.created === true && run.call.signal?.aborted !== true ? sandbox : null;
}

/** @param doomed - the sandbox that goes with the build; null for none */
async function tidyUp(run: ScanRun, doomed: NamedPlace | null): Promise<void> {
  const { build, application, sandbox } = run.state();
  if (build === null || application === null || run.request.keepFailedBuild) return;
  const context = { applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const brief: Run = { ...run, ...briefly(run) };
  let what = `Build ${build.id} could not be deleted and may block the next run`;
  try {
    const info = await getBuildInfo(run.client, { ...context, buildId: build.id }, brief.call);
    const dead = doomed !== null && build.created ? GIVEN_UP : DEAD;
    const isGone = info === null || (dead.has(phaseOf(info.status)) && (await deleteBuild(brief, context, info)) === 'deleted');
    if (doomed === null || !isGone || run.call.signal?.aborted === true) return;
    what = `Sandbox "${doomed.name}" (${doomed.id}), made for this scan, could not be deleted`;
    await deleteOwnSandbox(brief, { applicationId: application.id, sandbox: doomed, deletedBuildId: build.id });
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    run.emit({ type: 'warning', message: `${what}: ${error.message}` });
  }
}

/** The time of the run may be over, and its signal given. */
function briefly({ client }: Run): Pick<Run, 'call' | 'deadline'> {
  const deadline = createDeadline(client.clock, TIDY_UP_MS);
  return { deadline, call: { deadline } };
}
