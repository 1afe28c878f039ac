import { cancelPipelineScan } from '../api/rest/pipeline-scans.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { PipelineScan } from '../codecs/pipeline-scan.js';
import type { PipelineScanRequest } from '../domain/pipeline-scan-request.js';
import { createDeadline } from '../kernel/deadline.js';
import { isVeracodeError } from '../kernel/errors.js';
import { hashArtifact } from '../transport/file-body.js';
import { createPipelineScanOnce } from './create-pipeline-scan-once.js';
import { isOver, pipelineScanFailed } from './pipeline-failures.js';
import type { ProvenPipelineScan } from './pipeline-outcome.js';
import { createPipelineRun, type PipelineRun, type PipelineRunOptions } from './pipeline-run.js';
import { provePipelineScan } from './prove-pipeline-scan.js';
import { startPipelineScanOnce } from './start-pipeline-scan-once.js';
import { uploadSegments } from './upload-segments.js';
import { waitForPipelineFindings, waitForPipelineScan } from './wait-for-pipeline-scan.js';

/** Larger files are said to be refused; no page of the vendor states it, so it is a warning. */
const LARGE_FILE_BYTES = 200 * 1024 * 1024;
/** What cancelling may take: CIs kill some seconds after their signal, and the results are still to be written. */
const CANCEL_MS = 3500;

/**
 * Scans one file with the pipeline scan: hash, segments, start, wait, results. One action from a file to proof.
 *
 * A scan is started exactly once, and cancelled when the run ends without it: nothing is kept on the platform, so nobody
 * could go on with it. A run that was killed leaves a scan that ends by itself; a fresh run makes a new one.
 *
 * @throws ScanFailedError (the platform ended it), DeadlineError (not finished in time, by our or by the platform's
 *   limit), LocalError (the file), ProtocolError (results that prove nothing), and the errors of the calls
 * @public
 */
export async function runPipelineScan(client: VeracodeClient, request: PipelineScanRequest, options: PipelineRunOptions = {}): Promise<ProvenPipelineScan> {
  const run = createPipelineRun(client, request, options);
  const { artifact } = request;
  if (artifact.sizeBytes > LARGE_FILE_BYTES) {
    run.emit({ type: 'warning', message: `${artifact.name} has ${artifact.sizeBytes} bytes; pipeline scans of more than 200 MB may be refused.` });
  }
  run.emit({ type: 'phase', phase: 'hash' });
  const { sha256 } = await hashArtifact(artifact, options.signal);
  run.emit({ type: 'phase', phase: 'create' });
  const scan = await createPipelineScanOnce(run, sha256);
  run.emit({ type: 'pipeline-scan', scanId: scan.scanId });
  const { startedAt, ended } = await cancelling(run, scan, () => scanToEnd(run, scan));
  if (ended.status !== 'success') throw pipelineScanFailed(ended);

  run.emit({ type: 'phase', phase: 'results' });
  const results = await waitForPipelineFindings(run, ended);
  const { path, name, sizeBytes } = artifact;
  return provePipelineScan({
    scanId: scan.scanId,
    artifact: { path, name, sizeBytes, sha256 },
    startedAt,
    finishedAt: isoNow(run),
    results,
    includeModules: request.includeModules,
  });
}

/** Uploads and starts the scan, and waits until it is over, well or badly. */
async function scanToEnd(run: PipelineRun, scan: PipelineScan): Promise<{ readonly startedAt: string; readonly ended: PipelineScan }> {
  run.emit({ type: 'phase', phase: 'upload' });
  await uploadSegments(run, scan);
  run.emit({ type: 'phase', phase: 'start' });
  const started = await startPipelineScanOnce(run, scan);
  const startedAt = isoNow(run);
  run.emit({ type: 'phase', phase: 'scan' });
  return { startedAt, ended: isOver(started) ? started : await waitForPipelineScan(run, started) };
}

/** Does the work, and ends the scan on the platform when the work breaks off, whatever the reason. */
async function cancelling<T>(run: PipelineRun, { scanId }: PipelineScan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await cancel(run, scanId);
    throw error;
  }
}

/** The time of the run may be over, and its signal given. */
async function cancel({ client, emit }: PipelineRun, scanId: string): Promise<void> {
  try {
    await cancelPipelineScan(client, { scanId }, { deadline: createDeadline(client.clock, CANCEL_MS) });
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    emit({ type: 'warning', message: `Pipeline scan ${scanId} could not be cancelled and may run on by itself: ${error.message}` });
  }
}

function isoNow({ client }: PipelineRun): string {
  return new Date(client.clock.now()).toISOString();
}
