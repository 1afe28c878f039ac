import { getBuildInfo, listBuilds } from '../api/xml/builds.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { BuildContext } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { createDeadline } from '../kernel/deadline.js';
import { deleteBuild } from './delete-build.js';
import { createRun, type Run, type RunOptions } from './run.js';
import { expectPlatform, type ScanState } from './scan-state.js';

/** What a cancelled run may spend on its last wish: a CI kills it soon. */
const TIMEOUT_MS = 4000;

/**
 * Deletes the build of a cancelled run, if the run created it and it has no results yet. A build that was there
 * before is never touched.
 *
 * @throws ConflictError `other-platform`, and the errors of the calls
 * @public
 */
export async function deleteOwnBuild(client: VeracodeClient, state: ScanState, options: RunOptions): Promise<'deleted' | 'kept'> {
  expectPlatform(state, client);
  if (state.application === null) return 'kept';
  const deadline = options.deadline ?? createDeadline(client.clock, TIMEOUT_MS);
  const run = createRun(client, { state, deadline, pollIntervalMs: 0 }, options);
  const context = { applicationId: state.application.id, sandboxId: state.sandbox?.id ?? null };
  const buildId = await ownBuildId(run, context);
  if (buildId === undefined) return 'kept';
  const build = await getBuildInfo(client, { ...context, buildId }, run.call);
  if (build === null || phaseOf(build.status) === 'finished') return 'kept';
  return (await deleteBuild(run, context, build)) === 'deleted' ? 'deleted' : 'kept';
}

/** The build that this run created; also when the answer that would have told its id was never read. */
export async function ownBuildId(run: Run, context: BuildContext): Promise<string | undefined> {
  const { build, step, progress, scanName, triedName = scanName } = run.state();
  if (build !== null) return build.created ? build.id : undefined;
  if (step !== 'build' || progress !== 'began') return undefined;
  const builds = await listBuilds(run.client, context, run.call);
  return builds.find(({ name }) => name === triedName)?.id;
}
