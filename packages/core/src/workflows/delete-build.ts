import { deleteLatestBuild, getBuildInfo, listBuilds } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { changeOnce } from './change-once.js';
import { expectBuild } from './read-build.js';
import type { Run } from './run.js';

/**
 * Deletes one unfinished build.
 *
 * The platform's call names no build and takes the newest of the context, so the newest is compared just before every
 * attempt, and after a lost answer its absence is looked for several times: a blind repeat would delete the build
 * before it.
 *
 * @throws ConflictError `strangers-build` when another build has become the newest
 */
export async function deleteBuild(run: Run, context: BuildContext, build: BuildInfo): Promise<void> {
  await run.record('delete-build', 'began');
  await changeOnce<true>(run, {
    async act(call) {
      const latest = await getBuildInfo(run.client, context, run.call);
      expectBuild('getbuildinfo.do', latest?.id ?? 'none', build.id);
      // It may have finished meanwhile: published results are never deleted.
      if (latest !== null && phaseOf(latest.status) === 'finished') expectBuild('getbuildinfo.do', 'finished', build.id);
      await deleteLatestBuild(run.client, context, call);
      return true;
    },
    async readBack(call) {
      const builds = await listBuilds(run.client, context, call);
      return builds.some(({ id }) => id === build.id) ? undefined : true;
    },
    repeat: 'harmful',
  });
  await run.record('delete-build', 'done');
  run.emit({ type: 'build-deleted', id: build.id, name: build.name });
}
