import type { VeracodeClient } from '../api/veracode-client.js';
import type { PipelineScanRequest } from '../domain/pipeline-scan-request.js';
import { createDeadline, type Deadline } from '../kernel/deadline.js';
import type { CallOptions } from '../transport/http.js';
import type { OnPipelineProgress } from './pipeline-progress.js';

/** What varies between runs of one request. @public */
export interface PipelineRunOptions {
  /** The end of the whole run. @defaultValue made from the request's `timeoutMs` */
  readonly deadline?: Deadline;
  /** Ends the run; the scan is cancelled on the platform. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnPipelineProgress;
}

/** One run: its seams. Passed to every step of the workflow. */
export interface PipelineRun {
  readonly client: VeracodeClient;
  readonly request: PipelineScanRequest;
  readonly deadline: Deadline;
  /** For every ordinary call. */
  readonly call: CallOptions;
  readonly emit: OnPipelineProgress;
}

/** Starts a run. */
export function createPipelineRun(client: VeracodeClient, request: PipelineScanRequest, options: PipelineRunOptions): PipelineRun {
  const deadline = options.deadline ?? createDeadline(client.clock, request.timeoutMs);
  return {
    client,
    request,
    deadline,
    call: { deadline, ...(options.signal === undefined ? {} : { signal: options.signal }) },
    emit: options.onProgress ?? ((): undefined => undefined),
  };
}
