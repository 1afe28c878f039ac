import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { ConflictError, DeadlineError, isVeracodeError, type RefusedError } from '../kernel/errors.js';
import { describeBuildInTheWay } from './build-in-the-way.js';
import { deleteBuild } from './delete-build.js';
import { pollBuild } from './poll-build.js';
import type { ScanRun } from './run.js';
import { mayDelete, scanNames, wayRound } from './way-round.js';

/** A new build that the platform refused. */
export interface RefusedBuild {
  readonly refusal: RefusedError;
  /** Rooms that were made for it before. */
  readonly roomsMade: number;
}

/** The pause is four times the one before: three of them are longer than reads are known to lag. */
const PAUSE_MS = 2000;

/**
 * Called when the platform refused a new build: deletes the build in the way where the request allows it, or waits
 * for its end, or says precisely what is in the way.
 *
 * @returns the build in the way when it is the run's own, whose answer was lost; null when there is room, as far as one
 *   can see
 * @throws ConflictError `build-in-the-way`; the refusal itself when nothing unfinished is there
 */
export async function makeRoom(run: ScanRun, context: BuildContext, refused: RefusedBuild): Promise<BuildInfo | null> {
  const latest = await getBuildInfo(run.client, context, run.call);
  if (latest === null) {
    // The refusal has another reason, and the platform's own words are the best message.
    if (!saysUnfinished(refused.refusal)) throw refused.refusal;
    return pause(run, refused);
  }
  const way = wayRound(run.request, latest);
  if (way === 'free') return pause(run, refused);
  if (scanNames(run.request).includes(latest.name)) return latest;
  switch (way) {
    case 'delete':
      return (await mayHaveDeleted(run, context, latest)) ? null : pause(run, refused);
    case 'wait':
      await waitForTurn(run, context);
      return null;
    case 'blocked':
      throw await inTheWay(run, context, latest);
  }
}

/** With a lost answer too: the next attempt to create a build shows what is in the way now. */
async function mayHaveDeleted(run: ScanRun, context: BuildContext, build: BuildInfo): Promise<boolean> {
  try {
    return (await deleteBuild(run, context, build)) === 'deleted';
  } catch (error) {
    if (!isVeracodeError(error) || error.outcome !== 'unknown') throw error;
    return true;
  }
}

/** What was in the way has ended, or the read is older than the refusal. */
async function pause(run: ScanRun, { roomsMade }: RefusedBuild): Promise<null> {
  await run.client.clock.sleep(PAUSE_MS * 4 ** roomsMade, run.call.signal);
  return null;
}

/** @see xml-api: the refusal of `createbuild.do` while the newest build is unfinished */
function saysUnfinished({ platformText }: RefusedError): boolean {
  return /not in state where new builds/iu.test(platformText);
}

async function waitForTurn(run: ScanRun, context: BuildContext): Promise<void> {
  await pollBuild(run, {
    waitingFor: () => 'turn',
    read: (call) => getBuildInfo(run.client, context, call),
    pollAtOnce: false,
    isReached: (build) => build === null || phaseOf(build.status) === 'finished' || mayDelete(run.request, build),
    onDeadline: (build) =>
      new DeadlineError(
        `The turn did not come in time: ${build ? `scan "${build.name}" (build ${build.id}) is still "${build.statusText}"` : 'no status could be read'}.`,
        { code: 'turn-not-reached', advice: 'Nothing was uploaded. Run again later, or allow more time (--timeout).' },
      ),
  });
}

/** The error that says which build blocks a run, whose it is, and what can be done. */
export async function inTheWay(run: ScanRun, context: BuildContext, build: BuildInfo): Promise<ConflictError> {
  const { sentence, advice } = await describeBuildInTheWay(run, context, build);
  return new ConflictError(sentence, { code: 'build-in-the-way', advice });
}
