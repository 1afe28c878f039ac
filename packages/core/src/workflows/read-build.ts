import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { ConflictError, ScanFailedError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import type { Run } from './run.js';

/** Answers without the build before it counts as deleted: a read may lag behind a change. */
const ABSENCES_UNTIL_DELETED = 3;

const PAUSE_MS = 2000;

/**
 * Reads one build that is known to have existed.
 *
 * @throws ScanFailedError `build-deleted`
 */
export async function readBuild(
  run: Run,
  context: BuildContext,
  buildId: string,
  call: CallOptions = run.call,
): Promise<BuildInfo> {
  const info = await findBuild(run, context, buildId, call);
  if (info === null) throw buildDeleted(buildId);
  return info;
}

/** Reads a build that may be gone. @returns null when several reads, spread over time, agree that it is */
export async function findBuild(
  run: Run,
  context: BuildContext,
  buildId: string,
  call: CallOptions = run.call,
): Promise<BuildInfo | null> {
  for (let absences = 0; absences < ABSENCES_UNTIL_DELETED; absences += 1) {
    if (absences > 0) await run.client.clock.sleep(PAUSE_MS, run.call.signal);
    const info = await getBuildInfo(run.client, { ...context, buildId }, call);
    if (info !== null) return info;
  }
  return null;
}

/** The error for a build that the platform does not know any more. */
function buildDeleted(buildId: string): ScanFailedError {
  return new ScanFailedError(`Build ${buildId} is not on the platform any more: somebody deleted it.`, {
    code: 'build-deleted',
    advice: 'Look up who deletes builds of this profile (another pipeline, a clean-up job), then scan again.',
  });
}

/**
 * Makes sure that an answer speaks of our build: calls without a build id act on the newest build of the context,
 * which another pipeline or a person can put in the place of ours.
 *
 * @throws ConflictError `strangers-build`
 */
export function expectBuild(operation: string, answeredId: string, ownId: string): void {
  if (answeredId !== ownId) throw strangersBuild(operation, answeredId, ownId);
}

/** The error for an answer that speaks of another build than ours. */
export function strangersBuild(operation: string, answeredId: string, ownId: string): ConflictError {
  return new ConflictError(
    `${operation} was answered for build ${answeredId}, but this run's build is ${ownId}: somebody else works in the same place.`,
    {
      code: 'strangers-build',
      context: { operation },
      advice: 'Let one pipeline at a time use a profile or sandbox (--wait-turn, or a sandbox for each branch).',
    },
  );
}
