import { updateBuild } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import { isRefusal, isVeracodeError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { isNameUsed } from './is-name-used.js';
import type { CallingRun } from './run.js';

/** A build, and where it is. */
export interface PlacedBuild {
  readonly context: BuildContext;
  readonly build: Pick<BuildInfo, 'id' | 'name'>;
}

/**
 * Reads an unfinished build from the side of the platform that writes, which does not lag behind it: the build is given
 * the name that it has, and the answer tells it as it is. The call names the build. As a context takes one unfinished
 * build, it is the newest as well.
 *
 * @returns `name-used` when all that it says is that a scan of that name is there; null when the platform does not have
 *   the build, or does not say so
 */
export async function readAsWritten(
  run: CallingRun,
  { context, build }: PlacedBuild,
  call: CallOptions,
): Promise<BuildInfo | 'name-used' | null> {
  try {
    const written = await updateBuild(run.client, { ...context, buildId: build.id, name: build.name }, call);
    return written.id === build.id ? written : null;
  } catch (error) {
    // No recording shows this call with a name that stays the same: a platform may count it as used, by that very build.
    if (isRefusal(error)) return isNameUsed(error) ? 'name-used' : null;
    if (isVeracodeError(error) && error.name === 'AuthorizationError') return null;
    throw error;
  }
}

/** True when the side that writes has the build, without results. */
export async function isProvenThere(run: CallingRun, place: PlacedBuild, call: CallOptions): Promise<boolean> {
  const written = await readAsWritten(run, place, call);
  return written !== null && (written === 'name-used' || phaseOf(written.status) !== 'finished');
}

/** The build as the side that writes has it, once it is past a phase; undefined while that is not known. */
export async function readPast(run: CallingRun, place: PlacedBuild & { readonly phase: BuildPhase }, call: CallOptions): Promise<BuildInfo | undefined> {
  const written = await readAsWritten(run, place, call);
  return written === null || written === 'name-used' || phaseOf(written.status) === place.phase ? undefined : written;
}
