import { startPipelineScan } from '../api/rest/pipeline-scans.js';
import type { PipelineScan } from '../codecs/pipeline-scan.js';
import { changeOnce } from './change-once.js';
import { findOwnPipelineScan } from './own-pipeline-scan.js';
import type { PipelineRun } from './pipeline-run.js';

/** Starts a scan exactly once: after a lost answer, and after a refusal, the scan itself tells whether it runs. */
export function startPipelineScanOnce(run: PipelineRun, { scanId }: Pick<PipelineScan, 'scanId'>): Promise<PipelineScan> {
  return changeOnce<PipelineScan>(run, {
    act: (call) => startPipelineScan(run.client, { scanId }, call),
    async readBack(call) {
      const scan = await findOwnPipelineScan(run, scanId, call);
      return scan?.status === 'pending' || scan?.status === 'uploading' ? undefined : scan;
    },
    // A scan that has begun cannot be started again.
    repeat: 'refused',
  });
}
