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

/** One run: the request, its seams, and what is known so far. Passed to every step of the workflow. */
export interface Run {
  readonly client: VeracodeClient;
  readonly request: ScanRequest;
  readonly deadline: Deadline;
  readonly reportFile: string;
  /** For every ordinary call. */
  readonly call: CallOptions;
  readonly emit: OnProgress;
  /** What is known and saved so far. */
  state(): ScanState;
  /** Adds facts and saves them as the step's `began` or `done`. */
  record(step: ScanStep, progress: ScanState['progress'], facts?: StateFacts): Promise<void>;
}

/** Facts that a step adds to the state. */
export type StateFacts = Partial<Pick<ScanState, 'application' | 'sandbox' | 'build' | 'artifacts'>>;

/** Starts a run with an empty state, or with the one that is resumed. */
export function createRun(client: VeracodeClient, request: ScanRequest, deadline: Deadline, options: RunOptions): Run {
  const timestamp = (): string => new Date(client.clock.now()).toISOString();
  let state: ScanState = options.resumeFrom ?? {
    schemaVersion: 1,
    platformUrl: client.hosts.xmlBaseUrl,
    scanName: request.scanName,
    modules: request.modules,
    step: 'application',
    progress: 'began',
    application: null,
    sandbox: null,
    build: null,
    artifacts: [],
    updatedAt: timestamp(),
  };
  return {
    client,
    request,
    deadline,
    reportFile: options.reportFile,
    call: { deadline, ...(options.signal === undefined ? {} : { signal: options.signal }) },
    emit: options.onProgress ?? ((): undefined => undefined),
    state: () => state,
    async record(step, progress, facts = {}) {
      state = { ...state, ...facts, step, progress, updatedAt: timestamp() };
      await options.saveState?.(state);
    },
  };
}

/** The build context that a run works in, as the API functions want it. */
export interface BuildContext {
  readonly applicationId: string;
  /** Null means the policy context. */
  readonly sandboxId: string | null;
}
