import type { VeracodeClient } from '../api/veracode-client.js';
import type { ScanRequest } from '../domain/scan-request.js';
import type { Deadline } from '../kernel/deadline.js';
import type { CallOptions } from '../transport/http.js';
import type { OnProgress } from './progress.js';
import type { SaveState, ScanState, ScanStep } from './scan-state.js';

/** What varies between runs of one request. @public */
export interface RunOptions {
  /** Where the raw detailed report is written; an existing file is replaced. */
  readonly reportFile: string;
  /** The end of the whole run. @defaultValue made from the request's `timeoutMs` */
  readonly deadline?: Deadline;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Called before and after each step that changes the platform; awaited. */
  readonly saveState?: SaveState;
  /** The last state of an earlier process that did the same work. */
  readonly resumeFrom?: ScanState;
}

/** What every piece of work needs to call the platform. */
export interface CallingRun {
  readonly client: VeracodeClient;
  readonly deadline: Deadline;
  /** For every ordinary call. */
  readonly call: CallOptions;
}

/** One run: its seams, and what is known so far. Passed to every step of the workflow. */
export interface Run extends CallingRun {
  readonly reportFile: string;
  readonly modules: ScanRequest['modules'];
  readonly pollIntervalMs: number;
  readonly emit: OnProgress;
  /** What is known and saved so far. */
  state(): ScanState;
  /** Adds facts and saves them as the step's `began` or `done`. */
  record(step: ScanStep, progress: ScanState['progress'], facts?: StateFacts): Promise<void>;
}

/** A run that may still have to upload: it has the request as well. */
export interface ScanRun extends Run {
  readonly request: ScanRequest;
}

/** Facts that a step adds to the state. */
export type StateFacts = Partial<Pick<ScanState, 'application' | 'sandbox' | 'build' | 'artifacts' | 'triedName'>>;

/** What a run is made from. */
export interface RunStart {
  readonly state: ScanState;
  readonly deadline: Deadline;
  readonly pollIntervalMs: number;
}

/** Starts a run from a state: an empty one, or the one that is gone on with. */
export function createRun(client: VeracodeClient, start: RunStart, options: RunOptions): Run {
  const { deadline, pollIntervalMs } = start;
  let { state } = start;
  return {
    client,
    deadline,
    reportFile: options.reportFile,
    modules: state.modules,
    pollIntervalMs,
    call: { deadline, ...(options.signal === undefined ? {} : { signal: options.signal }) },
    emit: options.onProgress ?? ((): undefined => undefined),
    state: () => state,
    async record(step, progress, facts = {}) {
      state = { ...state, ...facts, step, progress, updatedAt: new Date(client.clock.now()).toISOString() };
      await options.saveState?.(state);
    },
  };
}
