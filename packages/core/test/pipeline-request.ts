import type { PipelineScanRequest } from '../src/domain/pipeline-scan-request.js';
import type { Artifact } from '../src/domain/scan-request.js';
import type { PipelineEvent } from '../src/workflows/pipeline-progress.js';
import type { PipelineRunOptions } from '../src/workflows/pipeline-run.js';

/** A request as `parsePipelineScanRequest` makes it. */
export function pipelineRequest(artifact: Artifact, more: Partial<PipelineScanRequest> = {}): PipelineScanRequest {
  return {
    artifact,
    project: { name: 'Shop', url: 'https://git.example/shop', ref: 'main' },
    commitHash: 'abc123',
    stage: 'TESTING',
    includeModules: [],
    stackDumps: false,
    timeoutMs: 3_600_000,
    pipelinePollIntervalMs: 30_000,
    ...more,
  };
}

/** Options of a run whose events are kept. */
export function pipelineOptions(more: Partial<PipelineRunOptions> = {}): PipelineRunOptions & { readonly events: PipelineEvent[] } {
  const events: PipelineEvent[] = [];
  return { onProgress: (event) => events.push(event), ...more, events };
}

/** So many bytes that the platform wants them in three segments, no two of them alike. */
export function threeSegments(): string {
  return Array.from({ length: 6400 }, (_, index) => String(index).padStart(1000, ' ')).join('');
}
