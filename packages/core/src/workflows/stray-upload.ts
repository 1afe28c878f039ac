import { getBuildInfo } from '../api/xml/builds.js';
import type { FileList } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { isVeracodeError, type VeracodeError } from '../kernel/errors.js';
import { deleteBuild } from './delete-build.js';
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
  const build = await getBuildInfo(run.client, { ...context, buildId: strays.buildId }, run.call);
  if (build !== null && phaseOf(build.status) === 'editing') {
    const startedByUpload = NAME_OF_IMPLICIT_BUILD.test(build.name) && ours.length === strays.files.length;
    if (startedByUpload) await deleteBuild(run, context, build);
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
