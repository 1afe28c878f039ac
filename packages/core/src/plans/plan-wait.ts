import type { VeracodeClient } from '../api/veracode-client.js';
import { phaseOf } from '../domain/build-status.js';
import { createDeadline } from '../kernel/deadline.js';
import { readBuild } from '../workflows/read-build.js';
import { createRun } from '../workflows/run.js';
import { expectPlatform } from '../workflows/scan-state.js';
import { contextOf } from '../workflows/scan-work.js';
import { uploadedWork, type AttachRequest } from '../workflows/wait-for-scan.js';
import type { Plan } from './plan.js';
import type { PlanOptions } from './plan-upload-and-scan.js';
import { planFinish } from './plan-finish.js';
import { createPlanning } from './planning.js';

/**
 * Says what `waitForScan` would do now.
 *
 * @throws what the run would throw at once: ConflictError `nothing-to-wait-for`, and the errors of the calls
 * @public
 */
export async function planWait(client: VeracodeClient, { state, pollIntervalMs, timeoutMs }: AttachRequest, options: PlanOptions = {}): Promise<Plan> {
  expectPlatform(state, client);
  const planning = createPlanning(client);
  const deadline = options.deadline ?? createDeadline(client.clock, timeoutMs);
  const run = createRun(planning.client, { state, deadline, pollIntervalMs }, { ...options, reportFile: '' });
  const work = uploadedWork(state);
  const build = await readBuild(run, contextOf(work), work.place.build.id);
  planning.know('application', `"${work.place.application.name}" (${work.place.application.id})`);
  if (work.place.sandbox !== null) planning.know('sandbox', `"${work.place.sandbox.name}" (${work.place.sandbox.id})`);
  planning.know('build', `"${build.name}" (${build.id}), ${build.statusText}`);
  await planFinish(run, planning, { context: contextOf(work), phase: phaseOf(build.status), knowsFiles: work.artifacts.length > 0 });
  return planning.plan();
}
