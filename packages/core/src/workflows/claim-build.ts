import { createBuild, getBuildInfo, listBuilds } from '../api/xml/builds.js';
import { listFiles } from '../api/xml/files.js';
import type { Build, BuildContext, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { ConflictError, isRefusal } from '../kernel/errors.js';
import { buildLink } from './build-link.js';
import { changeOnce } from './change-once.js';
import { deleteBuild } from './delete-build.js';
import { isNameUsed } from './is-name-used.js';
import { checksumNotTold, isHashed, listHashedFiles } from './list-hashed-files.js';
import { makeRoom } from './make-room.js';
import { createChecksumBook, matchAllFiles } from './our-files.js';
import { isProvenThere } from './read-as-written.js';
import { findBuild, readBuild } from './read-build.js';
import type { ScanRun } from './run.js';
import type { UploadedArtifact } from './scan-outcome.js';
import { scanNames } from './way-round.js';

/** Refusals of one name before it is given up: another pipeline may keep stepping in. */
const MAX_ROOMS_MADE = 3;

/** The build that a run works on. */
export interface ClaimedBuild {
  readonly info: BuildInfo;
  readonly how: 'created' | 'attached';
  /** The build's files, proven to be ours; null where they can still be uploaded. */
  readonly artifacts: readonly UploadedArtifact[] | null;
}

/**
 * Gets hold of the run's one build: the one of the resumed state, the one that an earlier attempt of the same CI job
 * made (recognised by the scan name), or a new one.
 *
 * @param isNewContext - the application or sandbox was created by this run, so that it has no builds
 */
export async function claimBuild(run: ScanRun, context: BuildContext, isNewContext: boolean): Promise<ClaimedBuild> {
  const claimed = await attachOrCreate(run, context, isNewContext);
  const { id, name } = claimed.info;
  const created = claimed.how === 'created' || run.state().build?.created === true || wasAboutToCreate(run, name);
  const build = { id, name, created };
  // Whose files are all there needs no file of this machine any more: whoever is stopped from here on can attach to it.
  if (claimed.artifacts === null) await run.record('build', 'done', { build });
  else await run.record('upload', 'done', { build, artifacts: claimed.artifacts });
  run.emit({ type: 'build', id, name, how: claimed.how, url: buildLink(run.client, claimed.info) });
  return claimed;
}

/** The answer to our creating call may have been lost, to this process or to the one that it goes on for. */
function wasAboutToCreate(run: ScanRun, name: string): boolean {
  const { step, progress, triedName } = run.state();
  return step === 'build' && progress === 'began' && triedName === name;
}

async function attachOrCreate(run: ScanRun, context: BuildContext, isNewContext: boolean): Promise<ClaimedBuild> {
  run.emit({ type: 'phase', phase: 'build' });
  const resumed = run.state().build;
  const info = resumed === null ? null : await findResumed(run, context, resumed.id);
  if (info !== null) return attach(run, context, info);

  const builds = isNewContext ? [] : await listBuilds(run.client, context, run.call);
  const own = await findOwnBuild(run, context, builds.filter(({ id }) => id !== resumed?.id));
  if ('claimed' in own) return own.claimed;

  const usedNames = new Set(own.othersLeft.map((build) => build.name));
  for (const name of scanNames(run.request).filter((candidate) => !usedNames.has(candidate))) {
    const claimed = await createWithName(run, context, name);
    if (claimed !== 'name-used') return claimed;
  }
  throw namesUsed(run);
}

/**
 * Reads the build of the resumed state. Whether a deletion that was begun took effect is for the platform to say.
 *
 * @returns null when it was deleted by the run itself, which the state then knows
 * @throws ScanFailedError `build-deleted`
 */
async function findResumed(run: ScanRun, context: BuildContext, buildId: string): Promise<BuildInfo | null> {
  const { step, progress } = run.state();
  if (step !== 'delete-build' && step !== 'delete-sandbox') return readBuild(run, context, buildId);
  const info = await findBuild(run, context, buildId);
  const isDoubtful = info !== null && step === 'delete-build' && progress === 'began' && phaseOf(info.status) !== 'finished';
  if (info !== null && (!isDoubtful || (await isProvenThere(run, { context, build: info }, run.call)))) return info;
  await run.record('delete-build', 'done', { build: null, artifacts: [] });
  return null;
}

/** The error for a run all of whose names are taken. */
export function namesUsed({ request: { scanName } }: ScanRun): ConflictError {
  return new ConflictError(`The scan name "${scanName}" and its variants are used by other scans.`, {
    code: 'scan-name-used',
    advice: 'Give another name with --scan-name.',
  });
}

/** A build to go on with, or the builds that are in the context still. */
type OwnBuild = { readonly claimed: ClaimedBuild } | { readonly othersLeft: readonly Build[] };

/** The newest build of an earlier attempt that can be gone on with; dead ones are cleared away. */
async function findOwnBuild(run: ScanRun, context: BuildContext, builds: readonly Build[]): Promise<OwnBuild> {
  const names = new Set(scanNames(run.request));
  let othersLeft = builds;
  for (const build of builds.filter(({ name }) => names.has(name)).toReversed()) {
    const { use, info } = await useOfOwnBuild(run, context, build);
    if (use === 'attach') return { claimed: await attach(run, context, info) };
    const isGone = use === 'gone' || (use === 'delete' && (await deleteBuild(run, context, info)) === 'deleted');
    if (isGone) othersLeft = othersLeft.filter(({ id }) => id !== build.id);
  }
  return { othersLeft };
}

/** What a build of this run's name is good for. */
type UseOfBuild =
  /** The list lags behind a deletion, that of our last attempt for example. */
  | { readonly use: 'gone'; readonly info: null }
  /** `delete`: its attempt was killed before it could clear up; a new scan is what a repeated job is for. */
  | { readonly use: 'attach' | 'delete' | 'leave'; readonly info: BuildInfo };

/** Decides about a build that an earlier attempt of the same CI job may have left. Changes nothing. */
export async function useOfOwnBuild(run: ScanRun, context: BuildContext, { id }: Build): Promise<UseOfBuild> {
  const info = await findBuild(run, context, id);
  if (info === null) return { use: 'gone', info };
  const phase = phaseOf(info.status);
  if (phase === 'failed' && !run.request.keepFailedBuild) return { use: 'delete', info };
  const isOurs = phase !== 'finished' || (await provenArtifacts(run, context, info)) !== undefined;
  return { use: isOurs ? 'attach' : 'leave', info };
}

/**
 * Goes on with a build. Changes nothing.
 *
 * @throws ConflictError `own-build-differs` when the build is past uploading and holds other files; ProtocolError
 *   `checksum-not-told` when nothing tells whose they are
 */
export async function attach(run: ScanRun, context: BuildContext, info: BuildInfo): Promise<ClaimedBuild> {
  const phase = phaseOf(info.status);
  if (phase === 'editing' || phase === 'failed') return { info, how: 'attached', artifacts: null };
  const list = await listHashedFiles(run, { ...context, buildId: info.id });
  const artifacts = await matchAllFiles(list, run.request.artifacts, createChecksumBook());
  if (artifacts !== undefined) return { info, how: 'attached', artifacts };
  if (!isHashed(list)) throw checksumNotTold(list);
  throw new ConflictError(
    `Scan "${info.name}" (build ${info.id}, ${info.statusText}) of an earlier attempt holds other files than the ones to be scanned now.`,
    { code: 'own-build-differs', advice: 'Wait until it has ended, then run again; or delete it on the platform.' },
  );
}

async function provenArtifacts(
  run: ScanRun,
  context: BuildContext,
  { id }: BuildInfo,
): Promise<readonly UploadedArtifact[] | undefined> {
  const list = await listFiles(run.client, { ...context, buildId: id }, run.call);
  return matchAllFiles(list, run.request.artifacts, createChecksumBook());
}

async function createWithName(run: ScanRun, context: BuildContext, name: string): Promise<ClaimedBuild | 'name-used'> {
  for (let roomsMade = 0; ; roomsMade += 1) {
    try {
      await run.record('build', 'began', { triedName: name });
      const info = await changeOnce<BuildInfo>(run, {
        act: (call) => createBuild(run.client, { ...context, name }, call),
        async readBack(call) {
          const made = (await listBuilds(run.client, context, call)).find((build) => build.name === name);
          if (made === undefined) return undefined;
          return (await getBuildInfo(run.client, { ...context, buildId: made.id }, call)) ?? undefined;
        },
        // Names are unique in an application, and a context takes one unfinished build: a second one is refused.
        repeat: 'refused',
      });
      return { info, how: 'created', artifacts: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (isNameUsed(error)) return 'name-used';
      if (roomsMade === MAX_ROOMS_MADE) throw error;
      const own = await makeRoom(run, context, { refusal: error, roomsMade });
      const claimed = own === null ? null : await takeOver(run, context, own);
      if (claimed !== null) return claimed;
    }
  }
}

/** @returns null when it was dead, and cleared away */
async function takeOver(run: ScanRun, context: BuildContext, build: Build): Promise<ClaimedBuild | null> {
  const found = await findOwnBuild(run, context, [build]);
  return 'claimed' in found ? found.claimed : null;
}
