import { createPipelineScan, startPipelineScan } from '../api/rest/pipeline-scans.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { PipelineScanRequest } from '../domain/pipeline-scan-request.js';
import { hashArtifact } from '../transport/file-body.js';
import { orderOf } from '../workflows/create-pipeline-scan-once.js';
import { createPipelineRun, type PipelineRunOptions } from '../workflows/pipeline-run.js';
import type { Plan } from './plan.js';
import { createPlanning } from './planning.js';

/** Known once the platform has answered. */
const NEW_ID = '{scan}';

/**
 * Says what `runPipelineScan` would do now; the file is hashed, nothing is sent.
 *
 * @throws LocalError (the file)
 * @public
 */
export async function planPipelineScan(client: VeracodeClient, request: PipelineScanRequest, options: PipelineRunOptions = {}): Promise<Plan> {
  const planning = createPlanning(client);
  const run = createPipelineRun(planning.client, request, options);
  const { artifact, pipelinePollIntervalMs } = request;
  const { sha256 } = await hashArtifact(artifact, options.signal);
  planning.know('file', `${artifact.path}, ${String(artifact.sizeBytes)} bytes, SHA-256 ${sha256}`);
  await planning.change((calls) => createPipelineScan(calls, orderOf(run, sha256), run.call));
  planning.laterChange({
    operation: 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}',
    method: 'PUT',
    path: `/pipeline_scan/v1/scans/${NEW_ID}/segments/{segment}`,
    parameters: {},
    note: 'once for each segment that the platform asks for, from 0 on',
  });
  await planning.change((calls) => startPipelineScan(calls, { scanId: NEW_ID }, run.call));
  planning.poll('GET /pipeline_scan/v1/scans/{scan_id}', pipelinePollIntervalMs, 'the scan has ended');
  planning.poll('GET /pipeline_scan/v1/scans/{scan_id}/findings', pipelinePollIntervalMs, 'the findings are there, read and counted');
  return planning.plan();
}
