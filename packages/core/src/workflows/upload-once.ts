import { uploadFile } from '../api/xml/files.js';
import type { FileList } from '../domain/build.js';
import type { Artifact } from '../domain/scan-request.js';
import { isRefusal, ProtocolError, type RefusedError, ScanFailedError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { changeOnce } from './change-once.js';
import { listHashedFiles } from './list-hashed-files.js';
import { type ChecksumBook, findOurFile } from './our-files.js';
import { findBuild } from './read-build.js';
import { removeFileOnce } from './remove-file-once.js';
import type { ScanRun } from './run.js';
import type { UploadedArtifact } from './scan-outcome.js';
import { clearLostUpload, uploadedIntoAnotherBuild } from './stray-upload.js';
import type { UploadTarget } from './upload-target.js';

/** One artifact on its way into a build. */
export interface UploadJob {
  readonly target: Pick<UploadTarget, 'context' | 'buildId'>;
  readonly artifact: Artifact;
  readonly book: ChecksumBook;
  /** Hears how many bytes of the current attempt have been handed over. */
  readonly onBytes: (sentBytes: number) => void;
}

/**
 * Uploads one artifact exactly once. After a lost answer the file list tells whether it arrived; what arrived in
 * pieces is taken out before the next attempt.
 *
 * @throws ScanFailedError `file-refused`; ConflictError `strangers-build` when the platform put the file into another
 *   build, where it is taken out again
 */
export async function uploadOnce(run: ScanRun, job: UploadJob): Promise<UploadedArtifact> {
  try {
    return await upload(run, job);
  } catch (error) {
    if (isRefusal(error) && isUnfit(error)) throw fileRefused(job.artifact, error);
    throw error;
  }
}

function upload(run: ScanRun, job: UploadJob): Promise<UploadedArtifact> {
  const { target, artifact, book, onBytes } = job;
  const { context, buildId } = target;
  return changeOnce<UploadedArtifact>(run, {
    async act(call) {
      // Beside the upload: the network leaves time for it.
      const checksums = book.of(artifact);
      checksums.catch(() => undefined);
      const list = await uploadFile(run.client, { ...context, artifact, onBytes }, call);
      if (list.buildId !== buildId) throw await uploadedIntoAnotherBuild(run, target, list);
      const file = list.files.findLast(({ name }) => name === artifact.name);
      if (file === undefined) throw notListed(artifact);
      const { path, name, sizeBytes } = artifact;
      return { path, name, sizeBytes, ...(await checksums), fileId: file.id };
    },
    async readBack(call) {
      const files = await listOwnFiles(run, job, call);
      const found = await findOurFile(files, artifact, book);
      if (found !== undefined) return found;
      for (const piece of files.filter(({ name }) => name === artifact.name)) {
        await removeFileOnce(run, target, piece.id);
      }
      return undefined;
    },
    // What the platform does with a second file of one name is not documented.
    repeat: 'doubled',
    isPassing: isUploadInProgress,
  });
}

/** @throws the platform's refusal when our build is gone; a build that the lost upload then started is gone as well */
async function listOwnFiles(run: ScanRun, job: UploadJob, call: CallOptions): Promise<FileList['files']> {
  const { context, buildId } = job.target;
  const list = async (): Promise<FileList['files']> => (await listHashedFiles(run, { ...context, buildId }, call)).files;
  try {
    return await list();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // A build that was made a moment ago may not show yet.
    if ((await findBuild(run, context, buildId, call)) !== null) return list();
    await clearLostUpload(run, job.target, job);
    throw error;
  }
}

/** The connection broke and the platform has not noticed yet: it takes one upload at a time. */
function isUploadInProgress(error: RefusedError): boolean {
  return /upload is in progress/iu.test(error.platformText);
}

function notListed({ name }: Artifact): ProtocolError {
  return new ProtocolError(`uploadlargefile.do was answered with a list that lacks "${name}".`, {
    code: 'upload-not-listed',
    context: { operation: 'uploadlargefile.do' },
  });
}

/** What the file is, and not what state the build is in. */
function isUnfit({ platformText }: RefusedError): boolean {
  return /cannot be analy[sz]ed/iu.test(platformText);
}

function fileRefused({ name }: Artifact, cause: RefusedError): ScanFailedError {
  return new ScanFailedError(`The platform does not take "${name}": ${cause.platformText}`, {
    code: 'file-refused',
    cause,
    advice: 'Pack the artifact as the platform wants it, or leave the file out (--exclude).',
  });
}
