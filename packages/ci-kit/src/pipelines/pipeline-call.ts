import type { Swallow } from './swallow.js';

/** One call of a program, a task, a pipe or a step whose end is a verdict. */
export interface PipelineCall {
  /** 1-based. */
  readonly line: number;
  /** As it is written there: a script that two jobs share is one call. */
  readonly text: string;
  /** The command of verapipe; null for a tool of the vendor's, or where it cannot be told. */
  readonly command: string | null;
  /** Null where the gates decide. */
  readonly reportOnly: ReportOnly | null;
}

/** What makes a call report only. */
export interface ReportOnly {
  readonly line: number;
  /** As it is written: `--report-only`, `reportOnly: true`. */
  readonly how: string;
}

/** The calls of a pipeline, and what swallows their failures. */
export interface LintedCalls {
  readonly calls: readonly PipelineCall[];
  readonly swallows: readonly Swallow[];
}

/** The variable that stands for the option, in every CI. */
export const REPORT_ONLY_VARIABLE = 'VERAPIPE_REPORT_ONLY';

/** How many calls there are; one that several jobs share counts once. */
export function countCalls(calls: readonly PipelineCall[]): number {
  return new Set(calls.map(({ line, text }) => `${line} ${text}`)).size;
}
