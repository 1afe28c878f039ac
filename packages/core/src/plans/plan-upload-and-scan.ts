import type { VeracodeClient } from '../api/veracode-client.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { createDeadline } from '../kernel/deadline.js';
import { createRun, type RunOptions, type ScanRun } from '../workflows/run.js';
import { buildFailed } from '../workflows/scan-failures.js';
import { expectPlatform, firstState } from '../workflows/scan-state.js';
import type { Plan } from './plan.js';
import { planApplication } from './plan-application.js';
import { planBuild } from './plan-build.js';
import { planFinish, planSubmission } from './plan-finish.js';
import { planSandbox } from './plan-sandbox.js';
import { planUploads } from './plan-uploads.js';
import { createPlanning } from './planning.js';

/** Where a planned run would go on from, and who hears of what is found. @public */
export type PlanOptions = Pick<RunOptions, 'deadline' | 'signal' | 'onProgress' | 'resumeFrom'>;

/**
 * Says what `uploadAndScan` would do now: the same decisions from the same readings, and no change.
 *
 * The plan is of a run in which nothing fails and nobody else steps in.
 *
 * @throws what the run would throw: NotFoundError, ConflictError (a build in the way), ScanFailedError (our build has
 *   failed), and the errors of the calls
 * @public
 */
export async function planUploadAndScan(client: VeracodeClient, request: ScanRequest, options: PlanOptions = {}): Promise<Plan> {
  const state = options.resumeFrom ?? firstState(client, request);
  expectPlatform(state, client);
  const planning = createPlanning(client);
  const deadline = options.deadline ?? createDeadline(client.clock, request.timeoutMs);
  const start = { state, deadline, pollIntervalMs: request.pollIntervalMs };
  const run: ScanRun = {
    ...createRun(planning.client, start, { ...options, reportFile: '' }),
    request: { ...request, scanName: state.scanName },
  };
  await planScan(run, planning);
  return planning.plan();
}

async function planScan(run: ScanRun, planning: ReturnType<typeof createPlanning>): Promise<void> {
  const application = await planApplication(run, planning);
  const sandbox = await planSandbox(run, planning, application);
  const context: BuildContext = { applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const { info, isComplete } = await planBuild(run, planning, context);
  if (info !== null && phaseOf(info.status) === 'failed') throw buildFailed(run, info);
  if (!isComplete) await planUploads(run, planning, { context, info });
  await (run.request.wait ? planFinish : planSubmission)(run, planning, { context, phase: phaseNow(info), knowsFiles: true });
}

/** A build that is still to be made will be there to be edited. */
function phaseNow(info: BuildInfo | null): ReturnType<typeof phaseOf> {
  return info === null ? 'editing' : phaseOf(info.status);
}
