import { getPipelineFindings } from '../api/rest/pipeline-scans.js';
import type { PipelineResults } from '../codecs/pipeline-results.js';
import type { PipelineScan } from '../codecs/pipeline-scan.js';
import { DeadlineError } from '../kernel/errors.js';
import { waitUntil, type WaitOptions } from '../waiters/wait-until.js';
import { readOwnPipelineScan } from './own-pipeline-scan.js';
import { isOver, pipelineScanNotFinished } from './pipeline-failures.js';
import type { PipelineRun } from './pipeline-run.js';

/** Polls a started scan until it is over, well or badly. @throws DeadlineError `pipeline-scan-not-finished` */
export function waitForPipelineScan(run: PipelineRun, { scanId }: PipelineScan): Promise<PipelineScan> {
  return waitUntil((call) => readOwnPipelineScan(run, scanId, call), {
    ...seamsOf(run),
    pollAtOnce: false,
    isReached: isOver,
    onPoll({ state: { status, statusText }, elapsedMs, nextPollMs }) {
      run.emit({ type: 'pipeline-poll', waitingFor: 'scan', scanId, status, statusText, elapsedMs, nextPollMs });
    },
    onDeadline: (last) => pipelineScanNotFinished(scanId, last),
  });
}

/** Reads the results of a finished scan, as soon as there are any. @throws DeadlineError `pipeline-findings-not-ready` */
export async function waitForPipelineFindings(run: PipelineRun, { scanId, status, statusText }: PipelineScan): Promise<PipelineResults> {
  const results = await waitUntil((call) => getPipelineFindings(run.client, { scanId }, call), {
    ...seamsOf(run),
    pollAtOnce: true,
    isReached: (found: PipelineResults | null) => found !== null,
    onPoll({ elapsedMs, nextPollMs }) {
      run.emit({ type: 'pipeline-poll', waitingFor: 'findings', scanId, status, statusText, elapsedMs, nextPollMs });
    },
    onDeadline: () => notReady(scanId),
  });
  if (results === null) throw notReady(scanId);
  return results;
}

function seamsOf({ client, deadline, call, request }: PipelineRun): Pick<WaitOptions<unknown>, 'clock' | 'random' | 'deadline' | 'signal' | 'intervalMs'> {
  const { signal } = call;
  return {
    clock: client.clock,
    random: client.random,
    deadline,
    ...(signal === undefined ? {} : { signal }),
    intervalMs: request.pipelinePollIntervalMs,
  };
}

function notReady(scanId: string): DeadlineError {
  return new DeadlineError(`Pipeline scan ${scanId} is done, but its findings could not be read in time.`, {
    code: 'pipeline-findings-not-ready',
    advice: 'Allow more time (--timeout), at most 60 minutes.',
  });
}
