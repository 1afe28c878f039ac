import type { BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { DeadlineError, ProtocolError } from '../kernel/errors.js';
import { beginPrescanOnce } from './begin-prescan.js';
import { beginScanOnce } from './begin-scan.js';
import { expectProvenFiles } from './expect-proven-files.js';
import { pollBuild } from './poll-build.js';
import { proveScan } from './prove-scan.js';
import { readBuild } from './read-build.js';
import type { Run } from './run.js';
import { buildFailed } from './scan-failures.js';
import type { ProvenScan, SubmittedScan } from './scan-outcome.js';
import { contextOf, type ScanWork } from './scan-work.js';
import { selectsByItself } from './select-modules.js';
import { waitForPrescan } from './wait-for-prescan.js';
import { waitForResults } from './wait-for-results.js';

/** Reads until a submission must show; the pause doubles, so that they take about a minute in all. */
const MAX_READ_BACKS = 6;
const READ_BACK_PAUSE_MS = 2000;

/** Carries a build with proven files to its proven results, from whatever state it is in. */
export async function finishScan(run: Run, work: ScanWork, seen: BuildInfo): Promise<ProvenScan> {
  let build = await waitForPrescan(run, work, await begun(run, work, seen));
  if (phaseOf(build.status) === 'prescanned') build = await leaveModuleSelection(run, work);
  return proveScan(run, work, await waitForResults(run, work, build));
}

/**
 * Hands a build with proven files over to the platform, and reads back that it was, and that it still holds these files.
 *
 * Where modules are selected by pattern, the selection needs the prescan's end, which is waited for.
 */
export async function submitScan(run: Run, work: ScanWork, seen: BuildInfo): Promise<SubmittedScan> {
  const started = await begun(run, work, seen);
  if (!selectsByItself(run.modules)) {
    const build = await waitForPrescan(run, work, started);
    if (phaseOf(build.status) === 'prescanned') await beginScanOnce(run, work);
  }
  const status = await readSubmitted(run, work);
  await expectProvenFiles(run, work);
  return { kind: 'submitted', ...work.place, artifacts: work.artifacts, status };
}

async function begun(run: Run, work: ScanWork, seen: BuildInfo): Promise<BuildInfo> {
  return phaseOf(seen.status) === 'editing' ? beginPrescanOnce(run, work) : seen;
}

/**
 * Gets a build past the selection of its modules. Where the platform selects by itself it is given one more poll;
 * a fatal module can keep it there for ever, so then the good ones are selected here.
 */
async function leaveModuleSelection(run: Run, work: ScanWork): Promise<BuildInfo> {
  if (selectsByItself(run.modules)) {
    const build = await pollBuild(run, {
      waitingFor: () => 'scan',
      read: (call) => readBuild(run, contextOf(work), work.place.build.id, call),
      pollAtOnce: false,
      isReached: () => true,
      onDeadline: () => scanNotBegun(work),
    });
    if (phaseOf(build.status) !== 'prescanned') return build;
  }
  return beginScanOnce(run, work);
}

async function readSubmitted(run: Run, work: ScanWork): Promise<BuildInfo> {
  for (let reads = 1; ; reads += 1) {
    const build = await readBuild(run, contextOf(work), work.place.build.id);
    const phase = phaseOf(build.status);
    if (phase === 'failed') throw buildFailed(run, build);
    if (phase !== 'editing' && phase !== 'unknown') return build;
    if (reads === MAX_READ_BACKS) throw notSubmitted(build);
    await run.client.clock.sleep(READ_BACK_PAUSE_MS * 2 ** (reads - 1), run.call.signal);
  }
}

function notSubmitted(build: BuildInfo): ProtocolError {
  return new ProtocolError(
    `The prescan of build ${build.id} was begun, but the platform does not show it: it is at "${build.statusText}".`,
    { code: 'submission-not-shown', advice: 'Run again with --resume; nothing is uploaded twice.' },
  );
}

function scanNotBegun({ place }: ScanWork): DeadlineError {
  return new DeadlineError(`The scan of build ${place.build.id} was not begun in time; its prescan is done.`, {
    code: 'scan-not-begun',
    advice: 'Attach to it later, or allow more time (--timeout).',
  });
}
