import type { FindingTally, JudgedFinding } from '@verapipe/core';

import type { FindingChanges } from './finding-changes.js';
import type { ScanResults } from './scan-results.js';

/** Everything that a report may tell. @public */
export interface ReportInput {
  /** The run. A report made from a file of the vendor's tools knows little of it: then most facts are null. */
  readonly results: ScanResults;
  /** Findings, in the order of their source; each iteration begins anew. */
  readonly findings: AsyncIterable<JudgedFinding>;
  /** Counted over the findings. */
  readonly tally: FindingTally;
  /** Results of earlier runs, the oldest first: for trends. */
  readonly earlier: readonly ScanResults[];
  /** These findings compared with those of an earlier run; null where none was given. A baseline that judged them goes before it. */
  readonly changes: FindingChanges | null;
  /** Why the findings are known not to be all there are, as a sentence for people; null where nothing is known to be missing. */
  readonly incomplete: string | null;
}

/** The text of a report, piece by piece; equal inputs give equal pieces. @public */
export type ReportText = AsyncIterable<string>;

/** One way to write a report. Pure but for reading the findings. */
export type RenderReport = (input: ReportInput) => ReportText;

/** A format, and what it can say. */
export interface ReportFormat {
  readonly render: RenderReport;
  /**
   * True when it can say that a run came to no results. A format that cannot would look like a scan without findings: it
   * is not written for such a run.
   */
  readonly tellsFailure: boolean;
  /** True when it can say that there are findings which it does not hold. Of the others, whoever writes them has to say it. */
  readonly tellsIncomplete: boolean;
  /** True when it can say nothing at all of this run, and so none of the two; without it, it always can. */
  readonly isSilent?: (input: ReportInput) => boolean;
  /** True for one about components and nothing else: of a pipeline scan, which looks at none, it is not written either. */
  readonly componentsOnly?: true;
}

/** Submitted scans and failed runs have read no findings. @public */
export function hasResults({ results }: Pick<ReportInput, 'results'>): boolean {
  return results.counts !== null;
}
