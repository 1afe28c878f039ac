import type { FindingComparison } from '@verapipe/core';

/** One side of a comparison with a baseline. @public */
export interface ComparedFile {
  readonly path: string;
  /** What kind of file it is. */
  readonly format: string;
  readonly scanId: string | null;
  /** Findings that it holds. */
  readonly findings: number;
  /** False when it says that there are findings which it does not hold. */
  readonly isComplete: boolean;
}

/** What became of the findings of a baseline, and which files say so. @public */
export interface BaselineComparison extends FindingComparison {
  readonly baseline: ComparedFile;
  readonly current: ComparedFile;
  /** True when ids of the platform were compared, false when places were. */
  readonly idsAreShared: boolean;
  /** Contradictions in the files; sentences for people. */
  readonly warnings: readonly string[];
}
