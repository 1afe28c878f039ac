import { deleteLatestBuild, getBuildInfo, listBuilds, updateBuild } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { isRefusal, isVeracodeError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { changeOnce } from './change-once.js';
import type { Run } from './run.js';

/**
 * What became of a build that was to be deleted. `finished`: its results were published meanwhile, and those are never
 * deleted. `not-newest`: another build has become the newest, or may have, which the call would have hit.
 */
export type Deletion = 'deleted' | 'finished' | 'not-newest';

/**
 * Deletes one unfinished build.
 *
 * The platform's call names no build and takes the newest of the context, so the newest is compared just before every
 * attempt. A repeat would delete the build before it if the first call took effect, and reads may lag by any time:
 * where a call may have been sent before there is no other one unless {@link isProvenThere}.
 */
export async function deleteBuild(run: Run, context: BuildContext, build: BuildInfo): Promise<Deletion> {
  const { step, progress } = run.state();
  // An earlier call of this run, or of the process that it goes on for, may have hit it already.
  const mayBeRepeat = step === 'delete-build' && progress === 'began';
  await run.record('delete-build', 'began');
  const deletion = await changeOnce<Deletion>(run, {
    async act(call) {
      const newest = await getBuildInfo(run.client, context, run.call);
      if (newest?.id !== build.id) return 'not-newest';
      if (phaseOf(newest.status) === 'finished') return 'finished';
      if (mayBeRepeat && !(await isProvenThere(run, { context, build }, run.call))) return 'not-newest';
      await deleteLatestBuild(run.client, context, call);
      return 'deleted';
    },
    async readBack(call) {
      const builds = await listBuilds(run.client, context, call);
      return builds.some(({ id }) => id === build.id) ? undefined : 'deleted';
    },
    repeat: 'destructive',
    isUndone: (call) => isProvenThere(run, { context, build }, call),
  });
  const isRunsOwn = deletion === 'deleted' && run.state().build?.id === build.id;
  await run.record('delete-build', 'done', isRunsOwn ? { build: null, artifacts: [] } : {});
  if (deletion === 'deleted') run.emit({ type: 'build-deleted', id: build.id, name: build.name });
  return deletion;
}

/** A build, and where it is. */
interface PlacedBuild {
  readonly context: BuildContext;
  readonly build: Pick<BuildInfo, 'id' | 'name'>;
}

/**
 * Makes the platform prove that an unfinished build is still there: the build is given the name that it has. Unlike a
 * read this is answered by the side that writes, and it names the build. As a context takes one unfinished build, it is
 * the newest as well.
 *
 * @returns false when it is not proven, for whatever reason
 */
export async function isProvenThere(run: Run, { context, build: { id, name } }: PlacedBuild, call: CallOptions): Promise<boolean> {
  try {
    const renamed = await updateBuild(run.client, { ...context, buildId: id, name }, call);
    return renamed.id === id && phaseOf(renamed.status) !== 'finished';
  } catch (error) {
    if (isRefusal(error) || (isVeracodeError(error) && error.name === 'AuthorizationError')) return false;
    throw error;
  }
}
