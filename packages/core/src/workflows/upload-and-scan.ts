import type { VeracodeClient } from '../api/veracode-client.js';
import { phaseOf } from '../domain/build-status.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { createDeadline } from '../kernel/deadline.js';
import { claimBuild } from './claim-build.js';
import { finishScan, submitScan } from './finish-scan.js';
import { resolveApplication } from './resolve-application.js';
import { resolveSandbox } from './resolve-sandbox.js';
import { createRun, type RunOptions, type ScanRun } from './run.js';
import { buildFailed } from './scan-failures.js';
import type { BuildPlace, ScanOutcome } from './scan-outcome.js';
import { expectPlatform, firstState } from './scan-state.js';
import { tidyingUp } from './tidy-up.js';
import { uploadArtifacts } from './upload-artifacts.js';

/**
 * Uploads artifacts, has them prescanned and scanned, waits, and reads the results: one action from files to proof.
 *
 * Safe to call again after any failure, also in another process: what an earlier attempt of the same scan name did is
 * found on the platform and gone on with. At most one build, no file twice.
 *
 * @returns a {@link ProvenScan}, or with `request.wait` false a {@link SubmittedScan} that nobody has judged
 * @throws NotFoundError, ConflictError (names, other builds), ScanFailedError (the platform ended it), DeadlineError
 *   (not finished; it goes on), LocalError (files), and the errors of the calls
 * @public
 */
export async function uploadAndScan(client: VeracodeClient, request: ScanRequest, options: RunOptions): Promise<ScanOutcome> {
  const { keepFailedBuild } = request;
  const state = { ...(options.resumeFrom ?? firstState(client, request)), keepFailedBuild };
  expectPlatform(state, client);
  const deadline = options.deadline ?? createDeadline(client.clock, request.timeoutMs);
  const { pollIntervalMs } = request;
  const run: ScanRun = {
    ...createRun(client, { state, deadline, pollIntervalMs }, options),
    request: { ...request, scanName: state.scanName },
  };
  return tidyingUp(run, () => scan(run, options.resumeFrom !== undefined));
}

async function scan(run: ScanRun, isResumed: boolean): Promise<ScanOutcome> {
  const application = await resolveApplication(run);
  const sandbox = await resolveSandbox(run, application);
  const context = { applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const isNew = !isResumed && (application.created || sandbox?.created === true);
  const { info, how, artifacts } = await claimBuild(run, context, isNew);
  if (phaseOf(info.status) === 'failed') throw buildFailed(run, info);

  const place: BuildPlace = { application, sandbox, build: { id: info.id, name: info.name } };
  const target = { context, buildId: info.id, isEmpty: how === 'created' };
  const work = { place, artifacts: artifacts ?? (await uploadArtifacts(run, target)) };
  return run.request.wait ? finishScan(run, work, info) : submitScan(run, work, info);
}
