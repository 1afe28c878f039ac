import type { PipelineEvent, ProgressEvent, Region } from '@verapipe/core';

/** What a run tells while it works: what the workflow tells, and what stands around it. Plain data. @public */
export type RunEvent =
  | ProgressEvent
  | PipelineEvent
  /** Which credentials are used, for which platform. */
  | { readonly type: 'credentials'; readonly source: string; readonly platformUrl: string; readonly region: Region }
  /** Said once, in one line. */
  | { readonly type: 'notice'; readonly message: string }
  /** The credentials end soon; loudly within the last week. */
  | { readonly type: 'expiry'; readonly message: string; readonly loud: boolean };

/** Receives every event; must not throw. @public */
export type OnRunEvent = (event: RunEvent) => void;
