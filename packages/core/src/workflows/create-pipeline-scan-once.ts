import { createPipelineScan, type PipelineScanOrder } from '../api/rest/pipeline-scans.js';
import type { PipelineScan } from '../codecs/pipeline-scan.js';
import { changeOnce } from './change-once.js';
import type { PipelineRun } from './pipeline-run.js';

/** The platform takes whole minutes, and ends every scan after an hour. */
const MINUTE_MS = 60_000;
const MAX_SCAN_MINUTES = 60;

/**
 * Makes the scan that this run will start.
 *
 * Nothing lists pipeline scans, so a scan whose id was lost with its answer cannot be found again. It waits for segments
 * that never come and is never started, so making another one does no harm.
 */
export function createPipelineScanOnce(run: PipelineRun, sha256: string): Promise<PipelineScan> {
  return changeOnce<PipelineScan>(run, {
    act: (call) => createPipelineScan(run.client, orderOf(run, sha256), call),
    readBack: () => Promise.resolve(undefined),
    repeat: 'refused',
  });
}

/** The scan that a request asks for, as the platform takes it. */
export function orderOf({ request, deadline }: PipelineRun, sha256: string): PipelineScanOrder {
  const { artifact, project, commitHash, stage, includeModules, stackDumps } = request;
  return {
    binaryName: artifact.name,
    binarySizeBytes: artifact.sizeBytes,
    binaryHash: sha256,
    projectName: project.name,
    projectUrl: project.url,
    projectRef: project.ref,
    commitHash,
    stage,
    // A scan that we have left alone ends by itself.
    scanTimeoutMinutes: Math.min(MAX_SCAN_MINUTES, Math.max(1, Math.ceil(deadline.remainingMs() / MINUTE_MS))),
    includeModules,
    stackDumps,
  };
}
