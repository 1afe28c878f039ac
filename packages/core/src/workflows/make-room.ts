import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { ConflictError, DeadlineError, type RefusedError } from '../kernel/errors.js';
import { describeBuildInTheWay } from './build-in-the-way.js';
import { deleteBuild } from './delete-build.js';
import { pollBuild } from './poll-build.js';
import type { ScanRun } from './run.js';
import { mayDelete, wayRound } from './way-round.js';

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
  switch (wayRound(run.request, latest)) {
    case 'free':
      return; // it ended in the meantime: try again
    case 'delete':
      // Whatever became of it: the next attempt to create a build shows what is in the way now.
      await deleteBuild(run, context, latest);
      return;
    case 'wait':
      return waitForTurn(run, context);
    case 'blocked':
      throw await inTheWay(run, context, latest);
  }
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
