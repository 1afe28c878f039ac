import type { BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { DeadlineError } from '../kernel/errors.js';
import { pollBuild } from './poll-build.js';
import { readBuild } from './read-build.js';
import type { Run } from './run.js';
import { buildFailed, buildStuck } from './scan-failures.js';
import { contextOf, type ScanWork } from './scan-work.js';

/** Polls at which a begun prescan may still show as not begun: a read may lag behind a change. */
const MAX_POLLS_AT_EDITING = 5;

/**
 * Waits for the end of a prescan that was begun.
 *
 * @param seen - what was last read of the build
 * @returns the build: prescanned, or already further
 * @throws ScanFailedError when the prescan failed; DeadlineError `prescan-not-finished`
 */
export async function waitForPrescan(run: Run, work: ScanWork, seen: BuildInfo): Promise<BuildInfo> {
  let pollsAtEditing = 0;
  const isPast = (build: BuildInfo): boolean => {
    const phase = phaseOf(build.status);
    if (phase === 'failed') throw buildFailed(run, build);
    if (phase === 'editing') pollsAtEditing += 1;
    if (pollsAtEditing > MAX_POLLS_AT_EDITING) throw buildStuck(run, build);
    return phase !== 'editing' && phase !== 'prescanning' && phase !== 'unknown';
  };
  if (isPast(seen)) return seen;
  run.emit({ type: 'phase', phase: 'prescan' });
  return pollBuild(run, {
    waitingFor: () => 'prescan',
    read: (call) => readBuild(run, contextOf(work), work.place.build.id, call),
    pollAtOnce: false,
    isReached: isPast,
    onDeadline: (build) =>
      new DeadlineError(`The prescan of build ${seen.id} did not end in time; it is at "${(build ?? seen).statusText}".`, {
        code: 'prescan-not-finished',
        advice: 'It goes on without us. Attach to it later, or allow more time (--timeout).',
      }),
  });
}
