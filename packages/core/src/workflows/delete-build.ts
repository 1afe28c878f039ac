import { deleteLatestBuild, getBuildInfo, listBuilds } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import { changeOnce } from './change-once.js';
import { readAsWritten } from './read-as-written.js';
import type { Run } from './run.js';

/**
 * What became of a build that was to be deleted. `gone-on`: its results were published meanwhile, and those are never
 * deleted, or it was read as idle and works. `not-newest`: another build has become the newest, or may have, which the
 * call would have hit.
 */
export type Deletion = 'deleted' | 'gone-on' | 'not-newest';

/** Phases in which the platform does nothing with a build by itself. */
const IDLE: ReadonlySet<BuildPhase> = new Set<BuildPhase>(['editing', 'failed', 'prescanned']);

/**
 * Deletes one unfinished build.
 *
 * The platform's call names no build and takes the newest of the context. Reads may lag by any time, and an earlier
 * process whose state is lost may have deleted the build already: then the call would hit the one before it. So before
 * every attempt the side that writes says that the build is there, and that it is still what it was read as.
 *
 * @param build - as it was read when the decision was made
 */
export async function deleteBuild(run: Run, context: BuildContext, build: BuildInfo): Promise<Deletion> {
  await run.record('delete-build', 'began');
  let wasSent = false;
  const deletion = await changeOnce<Deletion>(run, {
    async act(call) {
      const newest = await getBuildInfo(run.client, context, run.call);
      if (newest?.id !== build.id) return 'not-newest';
      if (phaseOf(newest.status) === 'finished') return 'gone-on';
      const written = await readAsWritten(run, { context, build }, run.call);
      if (written === null) return wasSent ? 'deleted' : 'not-newest';
      if (written !== 'name-used' && hasGoneOn(build, written)) return 'gone-on';
      wasSent = true;
      await deleteLatestBuild(run.client, context, call);
      return 'deleted';
    },
    async readBack(call) {
      const builds = await listBuilds(run.client, context, call);
      return builds.some(({ id }) => id === build.id) ? undefined : 'deleted';
    },
    // Every attempt is preceded by the proof that no attempt took effect.
    repeat: 'doubled',
  });
  const isRunsOwn = deletion === 'deleted' && run.state().build?.id === build.id;
  await run.record('delete-build', 'done', isRunsOwn ? { build: null, artifacts: [] } : {});
  if (deletion === 'deleted') run.emit({ type: 'build-deleted', id: build.id, name: build.name });
  return deletion;
}

function hasGoneOn(read: BuildInfo, written: BuildInfo): boolean {
  const phase = phaseOf(written.status);
  return phase === 'finished' || (IDLE.has(phaseOf(read.status)) && !IDLE.has(phase));
}
