import { getBuildInfo } from '../api/xml/builds.js';
import { phaseOf } from '../domain/build-status.js';
import { createDeadline } from '../kernel/deadline.js';
import { isVeracodeError } from '../kernel/errors.js';
import { deleteBuild } from './delete-build.js';
import type { Run, ScanRun } from './run.js';

/** What clearing up may take when the run has failed already. */
const TIDY_UP_MS = 60_000;

/**
 * Does the work of a run, and leaves nothing in the way of the next one when it fails: a build of ours that has ended
 * badly, or never began, would block every later run of the profile.
 *
 * What still runs on the platform is left alone, as is everything when the run was cancelled or ran out of time: then
 * somebody may go on with it.
 */
export async function tidyingUp<T>(run: ScanRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isVeracodeError(error) && error.name !== 'AbortedError' && error.name !== 'DeadlineError') await tidyUp(run);
    throw error;
  }
}

async function tidyUp(run: ScanRun): Promise<void> {
  const { build, application, sandbox } = run.state();
  if (build === null || application === null || run.request.keepFailedBuild) return;
  const context = { applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const brief: Run = { ...run, ...briefly(run) };
  try {
    const info = await getBuildInfo(run.client, { ...context, buildId: build.id }, brief.call);
    const phase = info === null ? 'gone' : phaseOf(info.status);
    if (info !== null && (phase === 'editing' || phase === 'failed')) await deleteBuild(brief, context, info);
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    const message = `Build ${build.id} could not be deleted and may block the next run: ${error.message}`;
    run.emit({ type: 'warning', message });
  }
}

/** The time of the run may be over, and its signal given. */
function briefly({ client }: Run): Pick<Run, 'call' | 'deadline'> {
  const deadline = createDeadline(client.clock, TIDY_UP_MS);
  return { deadline, call: { deadline } };
}
