import type { PipelineBehaviour } from '../../scenarios/pipeline-rule-schema.js';

/** One pipeline scan. Plain JSON; what is true now is worked out from its times. */
export interface PipelineScanRecord {
  readonly id: string;
  readonly request: PipelineScanOrder;
  readonly segmentsExpected: number;
  /** What has arrived, in order. */
  segments: readonly PipelineSegment[];
  readonly createdBy: string;
  readonly createdAtMs: number;
  changedAtMs: number;
  startedBy: string | null;
  startedAtMs: number | null;
  cancelledAtMs: number | null;
  /** What the scan does, settled when it is made. */
  readonly behaviour: PipelineBehaviour;
  events: readonly PipelineEvent[];
}

/** What the creating call said. */
export interface PipelineScanOrder {
  readonly binaryName: string;
  readonly binarySizeBytes: number;
  /** SHA-256, lower-case hex. */
  readonly binaryHash: string;
  readonly projectName: string | null;
  readonly projectUri: string | null;
  readonly projectRef: string | null;
  readonly commitHash: string | null;
  /** Free text. */
  readonly appId: string | null;
  readonly devStage: 'DEVELOPMENT' | 'TESTING' | 'RELEASE';
  /** Null and 0: the platform's own limit only. */
  readonly scanTimeoutMinutes: number | null;
  readonly emitStackDump: boolean;
  /** Empty: every module. */
  readonly includeModules: readonly string[];
}

export interface PipelineSegment {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAtMs: number;
}

/** What somebody did to a pipeline scan. */
export interface PipelineEvent {
  readonly kind: 'created' | 'segment-uploaded' | 'started' | 'cancelled';
  readonly atMs: number;
  readonly by: string;
  /** Of an uploaded segment, from 0. */
  readonly segment?: number;
}
