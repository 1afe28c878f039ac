import type { ExitCode, FailureExitCode } from '../exit-codes.js';
import type { RunFailure } from './run-result.js';

/** How a command that scans nothing ended. `exitCode` is what the process should end with. @public */
export type TaskResult = DoneTask | DrilledTask | FailedTask;

/** The task was done, and everything that it had to say is written. @public */
export interface DoneTask {
  readonly kind: 'done';
  /** 1: done, and the answer is no, as a failed gate's. */
  readonly exitCode: 0 | 1;
}

/** The task could not be done, or only in part. @public */
export interface FailedTask {
  readonly kind: 'failed';
  readonly exitCode: FailureExitCode;
  readonly failure: RunFailure;
}

/** A drill: it ends with the code that was asked for, and has said so. @public */
export interface DrilledTask {
  readonly kind: 'drilled';
  readonly exitCode: ExitCode;
}
