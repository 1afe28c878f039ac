import type { FindingTally, GateVerdict } from '@verapipe/core';

/** What a file of findings was judged to be. @public */
export interface FileJudgement {
  readonly verdict: GateVerdict['verdict'];
  /** True when a failed gate does not fail the command. */
  readonly reportOnly: boolean;
  /** Build id or pipeline scan id; null where the file names none. */
  readonly scanId: string | null;
  readonly counts: FindingTally;
}
