import type { BuildInfo } from '../domain/build.js';
import type { CallOptions } from '../transport/http.js';
import { waitUntil } from '../waiters/wait-until.js';
import type { PollEvent } from './progress.js';
import type { Run } from './run.js';

/** Waiting for a build to reach a state. `T` is null where no build is an answer too. */
export interface BuildPoll<T extends BuildInfo | null> {
  /** What is waited for, as progress tells it. */
  waitingFor(build: BuildInfo): PollEvent['waitingFor'];
  /** Asks once. */
  read(call: CallOptions): Promise<T>;
  /** False: the state has just been seen. */
  readonly pollAtOnce: boolean;
  /** @throws when the state cannot be reached any more */
  isReached(build: T): boolean;
  /** The error for a wait that outlasted the deadline. */
  onDeadline(lastBuild: T | undefined): Error;
}

/** Polls a build at the run's interval, tells what it sees, and ends with the run's deadline. */
export function pollBuild<T extends BuildInfo | null>(run: Run, poll: BuildPoll<T>): Promise<T> {
  return waitUntil((call) => poll.read(call), {
    clock: run.client.clock,
    random: run.client.random,
    deadline: run.deadline,
    ...(run.call.signal === undefined ? {} : { signal: run.call.signal }),
    intervalMs: run.pollIntervalMs,
    pollAtOnce: poll.pollAtOnce,
    isReached: (build) => poll.isReached(build),
    onPoll({ state: build, elapsedMs, nextPollMs }) {
      if (build === null) return;
      const { id, status, statusText, policyEvaluation } = build;
      run.emit({ type: 'poll', waitingFor: poll.waitingFor(build), buildId: id, status, statusText, policyEvaluation, elapsedMs, nextPollMs });
    },
    onDeadline: (build) => poll.onDeadline(build),
  });
}
