import type { PipelineScanStatus } from '../codecs/pipeline-scan.js';

/** The phases of a pipeline scan, in order. @public */
export type PipelinePhase = 'hash' | 'create' | 'upload' | 'start' | 'scan' | 'results';

/** What a pipeline scan tells while it works. Plain data. @public */
export type PipelineEvent =
  | { readonly type: 'phase'; readonly phase: PipelinePhase }
  | { readonly type: 'pipeline-scan'; readonly scanId: string }
  | {
      readonly type: 'upload';
      readonly file: string;
      /** Of the whole file. */
      readonly sentBytes: number;
      readonly sizeBytes: number;
      /** Segment, 1-based. */
      readonly index: number;
      readonly count: number;
    }
  | {
      readonly type: 'pipeline-poll';
      readonly waitingFor: 'scan' | 'findings';
      readonly scanId: string;
      readonly status: PipelineScanStatus;
      readonly statusText: string;
      /** Milliseconds since this wait began. */
      readonly elapsedMs: number;
      /** Null when this was the last poll. */
      readonly nextPollMs: number | null;
    }
  | { readonly type: 'warning'; readonly message: string };

/** Receives every event; must not throw. @public */
export type OnPipelineProgress = (event: PipelineEvent) => void;
