import type { Clock, Env, HttpClient } from '@verapipe/core';

import type { Sink } from './output/terminal.js';

/** What the CLI needs from its process; `main.ts` hands it over. */
export interface CliInput {
  /** Without Node and script. */
  readonly args: readonly string[];
  readonly env: Env;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Aborts when the process is to end. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly httpClient?: HttpClient;
}
