import type { BuildInfo, PolicyEvaluation } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { DeadlineError } from '../kernel/errors.js';
import { pollBuild } from './poll-build.js';
import { readBuild } from './read-build.js';
import type { Run } from './run.js';
import { buildFailed, buildStuck } from './scan-failures.js';
import { contextOf, type ScanWork } from './scan-work.js';

/** Polls at which a begun scan may still show as not begun. */
const MAX_POLLS_BEFORE_SCAN = 3;

/** For so long after the results `Not Assessed` may mean "not yet"; then it is the platform's answer. */
const NOT_ASSESSED_PATIENCE_MS = 10 * 60_000;

/**
 * Waits until results are published and the policy is decided.
 *
 * @param seen - what was last read of the build
 * @throws ScanFailedError when the scan failed, or was never begun; DeadlineError `scan-not-finished`,
 *   `waiting-for-person`, `policy-undecided`
 */
export async function waitForResults(run: Run, work: ScanWork, seen: BuildInfo): Promise<BuildInfo> {
  const { clock } = run.client;
  let pollsBeforeScan = 0;
  let finishedSinceMs: number | null = null;
  const isDone = (build: BuildInfo): boolean => {
    switch (phaseOf(build.status)) {
      case 'failed':
        throw buildFailed(run, build);
      case 'editing':
      case 'prescanned':
        pollsBeforeScan += 1;
        if (pollsBeforeScan > MAX_POLLS_BEFORE_SCAN) throw buildStuck(run, build);
        return false;
      case 'finished':
        finishedSinceMs ??= clock.monotonicMs();
        return isDecided(decidingWord(build), clock.monotonicMs() - finishedSinceMs);
      case 'prescanning':
      case 'scanning':
      case 'needs-person':
      case 'unknown':
        return false;
    }
  };
  if (isDone(seen)) return seen;
  run.emit({ type: 'phase', phase: 'scan' });
  return pollBuild(run, {
    waitingFor: ({ status }) => (phaseOf(status) === 'finished' ? 'policy' : 'scan'),
    read: (call) => readBuild(run, contextOf(work), work.place.build.id, call),
    pollAtOnce: false,
    isReached: isDone,
    onDeadline: (build) => notInTime(build ?? seen),
  });
}

/** The word of the platform that decides about the build: a sandbox is judged by its rules. */
export function decidingWord(build: BuildInfo): PolicyEvaluation {
  return build.sandboxId === null ? build.policyEvaluation : build.rulesStatus;
}

function isDecided(word: PolicyEvaluation, sinceResultsMs: number): boolean {
  if (word === 'calculating' || word === 'unknown') return false;
  return word !== 'not-assessed' || sinceResultsMs >= NOT_ASSESSED_PATIENCE_MS;
}

function notInTime(build: BuildInfo): DeadlineError {
  const subject = `scan "${build.name}" (build ${build.id})`;
  const advice = 'It goes on without us. Attach to it later, or allow more time (--timeout).';
  const phase = phaseOf(build.status);
  if (phase === 'finished') {
    return new DeadlineError(
      `The results of ${subject} are there, but the policy is not decided in time: "${build.policyEvaluationText}", rules "${build.rulesStatusText}".`,
      { code: 'policy-undecided', advice },
    );
  }
  if (phase === 'needs-person') {
    return new DeadlineError(`The ${subject} waits for a person: it is at "${build.statusText}".`, {
      code: 'waiting-for-person',
      advice: 'Somebody at the platform or at the vendor has to act. Attach to it later.',
    });
  }
  return new DeadlineError(`The ${subject} did not end in time; it is at "${build.statusText}".`, { code: 'scan-not-finished', advice });
}
