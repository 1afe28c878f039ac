import type { PipelineResults } from '../codecs/pipeline-results.js';
import type { Finding } from '../domain/finding.js';
import type { FindingTally } from '../domain/finding-tally.js';
import type { PROOF } from './scan-outcome.js';

/** The file of a pipeline scan, as it was sent. @public */
export interface ScannedArtifact {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * A pipeline scan with everything a verdict needs. Only `provePipelineScan` makes one, and it refuses to without a scan
 * id, the status SUCCESS, at least one scanned module, and all findings decoded and counted.
 *
 * @public
 */
export interface ProvenPipelineScan {
  readonly kind: 'pipeline';
  readonly scanId: string;
  readonly artifact: ScannedArtifact;
  /** Names may repeat, as the platform has them. */
  readonly modules: readonly [string, ...string[]];
  readonly findings: readonly Finding[];
  readonly tally: FindingTally;
  /** What the platform sent: each finding beside its original, and the document for files in the vendor's shape. */
  readonly results: PipelineResults;
  /** ISO 8601 UTC, by this machine's clock. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly [PROOF]: true;
}
