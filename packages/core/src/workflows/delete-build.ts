import { deleteLatestBuild, getBuildInfo, listBuilds } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { changeOnce } from './change-once.js';
import type { Run } from './run.js';

/**
 * What became of a build that was to be deleted. `finished`: its results were published meanwhile, and those are never
 * deleted. `not-newest`: another build has become the newest, which the call would have hit.
 */
export type Deletion = 'deleted' | 'finished' | 'not-newest';

/**
 * Deletes one unfinished build.
 *
 * The platform's call names no build and takes the newest of the context, so the newest is compared just before every
 * attempt, and after a lost answer its absence is looked for several times: a blind repeat would delete the build
 * before it.
 */
export async function deleteBuild(run: Run, context: BuildContext, build: BuildInfo): Promise<Deletion> {
  await run.record('delete-build', 'began');
  const deletion = await changeOnce<Deletion>(run, {
    async act(call) {
      const newest = await getBuildInfo(run.client, context, run.call);
      if (newest?.id !== build.id) return 'not-newest';
      if (phaseOf(newest.status) === 'finished') return 'finished';
      await deleteLatestBuild(run.client, context, call);
      return 'deleted';
    },
    async readBack(call) {
      const builds = await listBuilds(run.client, context, call);
      return builds.some(({ id }) => id === build.id) ? undefined : 'deleted';
    },
    repeat: 'harmful',
  });
  const isRunsOwn = deletion === 'deleted' && run.state().build?.id === build.id;
  await run.record('delete-build', 'done', isRunsOwn ? { build: null, artifacts: [] } : {});
  if (deletion === 'deleted') run.emit({ type: 'build-deleted', id: build.id, name: build.name });
  return deletion;
}
