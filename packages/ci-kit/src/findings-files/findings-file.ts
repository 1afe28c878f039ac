import type { DetailedReport, FindingTally, JudgedFinding, PipelineResults } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';

/** The kinds of files that findings are read from. @public */
export type FindingsFileFormat = 'verapipe-results' | 'pipeline-results' | 'detailed-report' | 'findings-page';

/** A file of findings that was read to its end once. Absent facts are null. @public */
export interface FindingsFile {
  /** As it was given. */
  readonly path: string;
  readonly format: FindingsFileFormat;
  /**
   * Can be read again, in the file's order and in constant memory. Only `verapipe-results` says what became of each in a
   * judgement.
   */
  readonly findings: AsyncIterable<JudgedFinding>;
  /** Counted over the findings, not taken from the file. */
  readonly tally: FindingTally;
  /** Everything but the findings; only `verapipe-results` has it. */
  readonly results: ScanResults | null;
  /** Everything but the findings; only `detailed-report` has it. */
  readonly report: DetailedReport | null;
  /** How the scan ended, and what it scanned; only `pipeline-results` has it. */
  readonly pipeline: Pick<PipelineResults, 'status' | 'modules'> | null;
  /** ISO 8601, UTC: when it was made, as it says itself, else when it was last modified. */
  readonly madeAt: string;
  /** Build id or pipeline scan id. */
  readonly scanId: string | null;
  /**
   * Files with equal texts have their ids from one application and context, where equal ids are one finding. Null where
   * ids do not outlive a scan, or nobody says what they belong to.
   */
  readonly idsOf: string | null;
  /** False when the file says that there are findings which it does not hold: it proves no absence. */
  readonly isComplete: boolean;
  /** What contradicts itself; sentences for people. */
  readonly warnings: readonly string[];
}
