import type { BuildStatus, PolicyEvaluation } from '../domain/build.js';

/** What a run tells while it works. Plain data: an adapter turns it into a bar, a line or a CI message. @public */
export type ProgressEvent =
  | { readonly type: 'phase'; readonly phase: ScanPhase }
  | { readonly type: 'application'; readonly id: string; readonly name: string; readonly created: boolean }
  | { readonly type: 'sandbox'; readonly id: string; readonly name: string; readonly created: boolean }
  /** `url` is where people look at it: said early, because a job can be killed without another word. */
  | { readonly type: 'build'; readonly id: string; readonly name: string; readonly how: 'created' | 'attached'; readonly url: string }
  | { readonly type: 'build-deleted'; readonly id: string; readonly name: string }
  | { readonly type: 'sandbox-deleted'; readonly id: string; readonly name: string }
  | {
      readonly type: 'upload';
      readonly file: string;
      readonly sentBytes: number;
      readonly sizeBytes: number;
      /** 1-based. */
      readonly index: number;
      readonly count: number;
    }
  | { readonly type: 'modules'; readonly selected: readonly string[]; readonly total: number }
  | PollEvent
  | { readonly type: 'profile-change'; readonly field: string; readonly before: string; readonly after: string }
  | { readonly type: 'warning'; readonly message: string };

/** One look at a build that is waited for. @public */
export interface PollEvent {
  readonly type: 'poll';
  readonly waitingFor: 'turn' | 'prescan' | 'scan' | 'policy';
  readonly buildId: string;
  readonly status: BuildStatus;
  readonly statusText: string;
  readonly policyEvaluation: PolicyEvaluation;
  /** Milliseconds since this wait began. */
  readonly elapsedMs: number;
  /** Null when this was the last poll. */
  readonly nextPollMs: number | null;
}

/** The phases of an upload-and-scan run, in order. @public */
export type ScanPhase = 'application' | 'sandbox' | 'build' | 'upload' | 'prescan' | 'scan' | 'results' | 'gates';

/** Receives every event; must not throw. @public */
export type OnProgress = (event: ProgressEvent) => void;
