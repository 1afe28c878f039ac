import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext } from '../domain/build.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import { createDeadline } from '../kernel/deadline.js';
import { isVeracodeError, type VeracodeError } from '../kernel/errors.js';
import { deleteBuild } from './delete-build.js';
import { ownBuildId } from './delete-own-build.js';
import { deleteOwnSandbox } from './delete-own-sandbox.js';
import type { Run } from './run.js';
import type { NamedPlace } from './scan-state.js';

/** What clearing up may take when the run has failed already: room for the look that a lost answer asks for. */
const TIDY_UP_MS = 120_000;

/** And when it has been stopped as well: CIs, and a second signal, are quick. */
const HURRIED_MS = 3500;

/** Looks for a build whose id was never read; the pause doubles, as the list may lag. */
const LOOKS = 6;
const FIRST_PAUSE_MS = 2000;

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
export async function tidyingUp<T>(run: Run, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isVeracodeError(error) && error.name !== 'AbortedError' && error.name !== 'DeadlineError') await tidyUp(run, error);
    throw error;
  }
}

/** The sandbox that this run, or the one that it resumes, made and that goes after this failure; null where it must stay. */
function doomedSandbox(run: Run, { name }: VeracodeError): NamedPlace | null {
  const { sandbox } = run.state();
  return name === 'ScanFailedError' && sandbox?.created === true && run.call.signal?.aborted !== true ? sandbox : null;
}

async function tidyUp(run: Run, failure: VeracodeError): Promise<void> {
  const { build, application, sandbox, scanName, keepFailedBuild = true } = run.state();
  if (application === null || keepFailedBuild) return;
  const context = { applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const doomed = doomedSandbox(run, failure);
  const brief = briefly(run);
  let what = `${build === null ? `Scan "${scanName}"` : `Build ${build.id}`} could not be deleted and may block the next run`;
  try {
    const buildId = build?.id ?? (await findUnread(brief, context, failure));
    if (buildId === undefined) return;
    const info = await getBuildInfo(run.client, { ...context, buildId }, brief.call);
    const dead = doomed !== null && build?.created === true ? GIVEN_UP : DEAD;
    const isDead = info !== null && dead.has(phaseOf(info.status));
    const isGone = info === null || (isDead && (await deleteBuild(brief, context, info)) === 'deleted');
    if (doomed === null || !isGone || run.call.signal?.aborted === true) return;
    what = `Sandbox "${doomed.name}" (${doomed.id}), made for this scan, could not be deleted`;
    await deleteOwnSandbox(brief, { applicationId: application.id, sandbox: doomed, deletedBuildId: buildId });
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    run.emit({ type: 'warning', message: `${what}: ${error.message}` });
  }
}

/** The build that a call made whose answer was never read. After a refusal one look is enough: it has been looked for. */
async function findUnread(run: Run, context: BuildContext, { outcome }: VeracodeError): Promise<string | undefined> {
  const looks = outcome === 'unknown' && run.state().step === 'build' ? LOOKS : 1;
  for (let look = 1; ; look += 1) {
    const buildId = await ownBuildId(run, context);
    if (buildId !== undefined || look === looks) return buildId;
    await run.client.clock.sleep(FIRST_PAUSE_MS * 2 ** (look - 1), run.call.signal);
  }
}

/** The time of the run may be over, its signal given, and its state's place gone: none of it keeps a build in the way. */
function briefly(run: Run): Run {
  const { client, call } = run;
  const isStopped = call.signal?.aborted === true;
  const deadline = createDeadline(client.clock, isStopped ? HURRIED_MS : TIDY_UP_MS);
  const { signal } = call;
  return {
    ...run,
    deadline,
    call: { deadline, ...(isStopped || signal === undefined ? {} : { signal }) },
    async record(step, progress, facts) {
      try {
        await run.record(step, progress, facts);
      } catch (error) {
        if (!isVeracodeError(error)) throw error;
        run.emit({ type: 'warning', message: `The state could not be saved while clearing up: ${error.message}` });
      }
    },
  };
}
