import type { GateVerdict, ProvenPipelineScan, ProvenScan, SubmittedScan, ValidationIssue } from '@verapipe/core';
import type { OutageFacts, ScanResults, TopFindings } from '@verapipe/reports';

import type { FailureExitCode } from '../exit-codes.js';
import type { WrittenReport } from '../reports/write-reports.js';

/** How a run ended. `exitCode` is what the process should end with; nothing else was done to the process. @public */
export type RunResult = JudgedRun | SubmittedRun | ToleratedRun | UnjudgedRun;

/** How a pipeline scan ended. @public */
export type PipelineRunResult = JudgedPipelineRun | ToleratedRun | UnjudgedRun;

/** What every ended run leaves. @public */
export interface RunRecord {
  readonly results: ScanResults;
  readonly files: WrittenFiles;
}

/** Files that were written, absolute; null for those that were not. @public */
export interface WrittenFiles {
  readonly results: string | null;
  /** What the platform said: the detailed report, or the results of a pipeline scan. */
  readonly report: string | null;
  readonly state: string | null;
  /** Reports in the formats of others that were asked for. */
  readonly reports: readonly WrittenReport[];
}

/** Scanned, proven, judged. The only end whose exit code can be 0 after a verdict. @public */
export interface JudgedRun extends RunRecord {
  readonly kind: 'judged';
  /** 0 also for a failed gate with `--report-only`. */
  readonly exitCode: 0 | 1;
  readonly scan: ProvenScan;
  readonly verdict: GateVerdict;
  readonly top: TopFindings;
}

/** A pipeline scan: scanned, proven, judged. @public */
export interface JudgedPipelineRun extends RunRecord {
  readonly kind: 'judged-pipeline';
  /** 0 also for a failed gate with `--report-only`. */
  readonly exitCode: 0 | 1;
  readonly scan: ProvenPipelineScan;
  readonly verdict: GateVerdict;
  readonly top: TopFindings;
  readonly files: WrittenFiles & {
    /** Only the findings that failed the gates, in the vendor's shape. */
    readonly filtered: string;
  };
}

/** Submitted and read back, because the run was told not to wait; not judged. @public */
export interface SubmittedRun extends RunRecord {
  readonly kind: 'submitted';
  readonly exitCode: 0;
  readonly scan: SubmittedScan;
  readonly continuation: Continuation;
}

/**
 * The platform failed, and people had decided beforehand to bear that for a while. Ends with 0, and proves nothing: the
 * verdict is `none`.
 *
 * @public
 */
export interface ToleratedRun extends RunRecord {
  readonly kind: 'tolerated';
  readonly exitCode: 0;
  readonly failure: RunFailure;
  readonly outage: OutageFacts;
  readonly continuation: Continuation | null;
}

/** No judgement. @public */
export interface UnjudgedRun extends RunRecord {
  readonly kind: 'unjudged';
  readonly exitCode: FailureExitCode;
  readonly failure: RunFailure;
  /** Null when nothing of this run is on the platform. */
  readonly continuation: Continuation | null;
}

/** What is still on the platform, and how to go on with it. @public */
export interface Continuation {
  /** One sentence. */
  readonly sentence: string;
  /** What to type. */
  readonly command: string;
}

/** Why a run came to no judgement, for people; free of secrets. @public */
export interface RunFailure {
  /** Literal, kebab-case. */
  readonly code: string;
  /** What happened. */
  readonly message: string;
  /** What to do next. */
  readonly advice: string | null;
  /** Faults of the input, each on its own. */
  readonly issues: readonly ValidationIssue[];
  /** What was being tried: operation, status, attempts, the platform's id of the exchange. */
  readonly tried: string | null;
  /** Stack of our own bug. */
  readonly stack: string | null;
}
