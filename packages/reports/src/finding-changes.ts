import type { JudgedFinding, Severity } from '@verapipe/core';

/** Findings compared with those of an earlier run. @public */
export interface FindingChanges {
  /** What they were compared with, for instance `the results of 2026-11-24T09:41:00.000Z`. */
  readonly comparedWith: string;
  /** True for a finding that is there now and was not then. */
  readonly isNew: (finding: JudgedFinding) => boolean;
  /** Findings that were there then, and are not now. */
  readonly goneBySeverity: Readonly<Record<Severity, number>>;
}
