import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo, FileList } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import type { Artifact } from '../domain/scan-request.js';
import { isVeracodeError, type VeracodeError } from '../kernel/errors.js';
import { deleteBuild } from './delete-build.js';
import { lookingAgain } from './late-reads.js';
import { listHashedFiles } from './list-hashed-files.js';
import { type ChecksumBook, findOurFile } from './our-files.js';
import { readBuild, strangersBuild } from './read-build.js';
import { removeFileOnce } from './remove-file-once.js';
import type { ScanRun } from './run.js';
import type { UploadTarget } from './upload-target.js';

/** How the platform names a build that an upload started: `25 Nov 2026 Static`. */
const NAME_OF_IMPLICIT_BUILD = /^\d{1,2} [A-Z][a-z]{2} \d{4} Static/;

/**
 * Clears up after an upload that went into another build than ours, because ours was deleted or finished meanwhile.
 *
 * A build that the upload itself started is deleted, as it would block every later run; from somebody else's build
 * our files are taken out.
 *
 * @returns the error that ends the run
 */
export async function uploadedIntoAnotherBuild(
  run: ScanRun,
  { context, buildId }: Pick<UploadTarget, 'context' | 'buildId'>,
  strays: FileList,
): Promise<VeracodeError> {
  const ourNames = new Set(run.request.artifacts.map(({ name }) => name));
  const ours = strays.files.filter(({ name }) => ourNames.has(name));
  const build = await readStrayBuild(run, context, { strays, buildId });
  if (build !== null && phaseOf(build.status) === 'editing') {
    if (hasImplicitName(build) && ours.length === strays.files.length) await deleteBuild(run, context, build);
    else for (const { id } of ours) await removeFileOnce(run, { context, buildId: strays.buildId }, id);
  }
  try {
    await readBuild(run, context, buildId);
  } catch (error) {
    if (isVeracodeError(error)) return error;
    throw error;
  }
  return strangersBuild('uploadlargefile.do', strays.buildId, buildId);
}

/** The upload's own answer names this build: a read that does not know it yet is late. Null where it never shows. */
async function readStrayBuild(run: ScanRun, context: BuildContext, { strays, buildId }: { readonly strays: FileList; readonly buildId: string }): Promise<BuildInfo | null> {
  const unknown = strangersBuild('uploadlargefile.do', strays.buildId, buildId);
  try {
    return await lookingAgain(run, async () => {
      const build = await getBuildInfo(run.client, { ...context, buildId: strays.buildId }, run.call);
      if (build === null) throw unknown;
      return build;
    });
  } catch (error) {
    if (error === unknown) return null;
    throw error;
  }
}

/**
 * Clears up after an upload whose answer was lost, once our build has turned out to be gone: the platform may have
 * started a build for it. That one is deleted when it can be nothing else: unfinished, named by the platform, and with
 * nothing in it but our artifact.
 */
export async function clearLostUpload(
  run: ScanRun,
  { context, buildId }: Pick<UploadTarget, 'context' | 'buildId'>,
  { artifact, book }: { readonly artifact: Artifact; readonly book: ChecksumBook },
): Promise<void> {
  const newest = await getBuildInfo(run.client, context, run.call);
  if (newest === null || newest.id === buildId || phaseOf(newest.status) !== 'editing' || !hasImplicitName(newest)) return;
  const { files } = await listHashedFiles(run, { ...context, buildId: newest.id });
  if (files.length === 1 && (await findOurFile(files, artifact, book)) !== undefined) await deleteBuild(run, context, newest);
}

function hasImplicitName({ name }: BuildInfo): boolean {
  return NAME_OF_IMPLICIT_BUILD.test(name);
}
