import type { VeracodeClient } from '../api/veracode-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { ConflictError } from '../kernel/errors.js';
import { buildLink } from './build-link.js';
import { finishScan } from './finish-scan.js';
import { readBuild } from './read-build.js';
import { createRun, type RunOptions } from './run.js';
import type { ProvenScan } from './scan-outcome.js';
import { expectPlatform, type ScanState } from './scan-state.js';
import { contextOf, type ScanWork } from './scan-work.js';
import { tidyingUp } from './tidy-up.js';

/** A scan that another process began. @public */
export interface AttachRequest {
  readonly state: ScanState;
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
}

/**
 * Goes on with a scan from its saved state, on any machine: needs no artifacts, so the upload must have been done.
 * Begins the prescan or selects the modules where that is still to do, waits, and reads the results.
 *
 * @throws ConflictError `nothing-to-wait-for` when the state ended before the files were all there; otherwise as
 *   `uploadAndScan` does
 * @public
 */
export async function waitForScan(client: VeracodeClient, request: AttachRequest, options: RunOptions): Promise<ProvenScan> {
  const { state, pollIntervalMs } = request;
  expectPlatform(state, client);
  const deadline = options.deadline ?? createDeadline(client.clock, request.timeoutMs);
  const run = createRun(client, { state, deadline, pollIntervalMs }, options);
  const work = uploadedWork(state);
  const finish = async (): Promise<ProvenScan> => {
    const build = await readBuild(run, contextOf(work), work.place.build.id);
    run.emit({ type: 'build', id: build.id, name: build.name, how: 'attached', url: buildLink(client, build) });
    return finishScan(run, work, build);
  };
  return state.build?.created === true ? tidyingUp(run, finish) : finish();
}

/** The work that a state leaves to do. @throws ConflictError `nothing-to-wait-for` */
export function uploadedWork(state: ScanState): ScanWork {
  const { application, sandbox, build, artifacts } = state;
  const isUploaded = ['prescan', 'scan', 'results'].includes(state.step) || (state.step === 'upload' && state.progress === 'done');
  if (application === null || build === null || !isUploaded) {
    throw new ConflictError(`The saved state ended at "${state.step}", before all files were on the platform.`, {
      code: 'nothing-to-wait-for',
      advice: 'Go on with the upload where the files are: verapipe scan --resume.',
    });
  }
  return { place: { application, sandbox, build: { id: build.id, name: build.name } }, artifacts };
}
