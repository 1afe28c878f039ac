import type { Artifact } from './scan-request.js';

/** Where the code stands in its life, as the platform spells it. @public */
export type PipelineStage = 'DEVELOPMENT' | 'TESTING' | 'RELEASE';

/** Every choice. @public */
export const PIPELINE_STAGES: readonly PipelineStage[] = ['DEVELOPMENT', 'TESTING', 'RELEASE'];

/** One validated pipeline scan. Durations are milliseconds. @public */
export interface PipelineScanRequest {
  readonly artifact: Artifact;
  /** Labels; the platform keeps nothing under them. */
  readonly project: { readonly name: string | null; readonly url: string | null; readonly ref: string | null };
  readonly commitHash: string | null;
  readonly stage: PipelineStage;
  /** Names or patterns (`*`, `?`) of modules; empty means all. */
  readonly includeModules: readonly string[];
  /** Whether findings come with the ways of their data. */
  readonly stackDumps: boolean;
  /** Of the whole run. */
  readonly timeoutMs: number;
  readonly pipelinePollIntervalMs: number;
}
