import type { Clock, Env, HttpClient, Logger, RandomSource } from '@verapipe/core';

import type { ReadOptions } from '../options/read-options.js';
import type { OnRunEvent } from './run-events.js';

/** What a run needs from outside; nothing is read from the process itself. @public */
export interface RunInput {
  /** From `readOptions`; its faults are reported together with all others. */
  readonly options: ReadOptions;
  readonly env: Env;
  /** Absolute: relative paths and patterns start here. */
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  /** Ends the run: exit code 130. */
  readonly signal?: AbortSignal;
  readonly onEvent?: OnRunEvent;
  /** Receives text without secrets. */
  readonly logger?: Logger;
  /** Added to the `User-Agent`, for instance `azure-devops/1.2.3`. */
  readonly userAgentSuffix?: string;
  /** @defaultValue the machine's own */
  readonly clock?: Clock;
  /** @defaultValue the system's */
  readonly random?: RandomSource;
  /** Replaces the real network. */
  readonly httpClient?: HttpClient;
}
