import type { OnRunEvent } from '@verapipe/ci-kit';

/** Shows people how a run goes on. */
export interface Progress {
  readonly onEvent: OnRunEvent;
  /** A line from elsewhere, for instance that the run was cancelled. */
  say(line: string): void;
  /** No more output after this. */
  stop(): void;
}
