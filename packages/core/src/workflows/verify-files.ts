import { listFiles } from '../api/xml/files.js';
import type { FileList, UploadedFile } from '../domain/build.js';
import { ConflictError, DeadlineError, ProtocolError, ScanFailedError } from '../kernel/errors.js';
import { waitUntil } from '../waiters/wait-until.js';
import { describeFiles } from './describe-files.js';
import { lookingAgain } from './late-reads.js';
import { checksumNotTold, isHashed, listHashedFiles } from './list-hashed-files.js';
import { type ChecksumBook, matchAllFiles } from './our-files.js';
import { expectBuild } from './read-build.js';
import { removeFileOnce } from './remove-file-once.js';
import type { ScanRun } from './run.js';
import type { UploadedArtifact } from './scan-outcome.js';
import type { UploadTarget } from './upload-target.js';

/** States of a file that is still on its way, normalised. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['pendingupload', 'uploading', '']);

/** States in which the platform refuses the file for what it is. @see xml-api "file_status" */
const UNFIT: ReadonlySet<string> = new Set([
  'invalidarchive',
  'archivefilewithinanotherarchive',
  'archivefilewithunsupportedcompression',
  'archivefileispasswordprotected',
]);

/**
 * Proves by the platform's file list that the build holds exactly the artifacts of the request, whole. The HTTP status
 * of an upload proves nothing.
 *
 * The list is asked for without a build id: it then tells the newest build of the context, on which the next calls
 * will act, so that this one answer shows that it is still ours.
 *
 * @throws ScanFailedError `file-unfit`; ConflictError `strangers-build`, `strangers-file`; ProtocolError
 *   `upload-not-proven`, `checksum-not-told`
 */
export async function provenFiles(run: ScanRun, target: UploadTarget, book: ChecksumBook): Promise<readonly UploadedArtifact[]> {
  return lookingAgain(run, () => proveFiles(run, target, book));
}

async function proveFiles(run: ScanRun, target: UploadTarget, book: ChecksumBook): Promise<readonly UploadedArtifact[]> {
  const list = await readSettledList(run, target);
  const { artifacts } = run.request;
  const matched = await matchAllFiles(list, artifacts, book);
  if (matched !== undefined) return matched;

  const wanted = new Set(artifacts.map(({ name }) => name));
  const strangers = list.files.filter(({ name }) => !wanted.has(name));
  if (strangers.length > 0) throw strangersFile(target, strangers);
  const twins = list.files.length > artifacts.length ? await removeTwins(run, target, list) : list;
  const again = await matchAllFiles(twins, artifacts, book);
  if (again !== undefined) return again;
  throw isHashed(list) ? notProven(target, list) : checksumNotTold(list);
}

/** Reads the list until no file is on its way any more, and every checksum is told. */
async function readSettledList(run: ScanRun, { context, buildId }: UploadTarget): Promise<FileList> {
  const list = await listHashedFiles(run, context);
  if (isSettled(list, buildId)) return list;
  const settled = await waitUntil((call) => listFiles(run.client, context, call), {
    clock: run.client.clock,
    random: run.client.random,
    deadline: run.deadline,
    ...(run.call.signal === undefined ? {} : { signal: run.call.signal }),
    intervalMs: run.pollIntervalMs,
    pollAtOnce: false,
    isReached: (later) => isSettled(later, buildId),
    onDeadline: () =>
      new DeadlineError(`The platform has not taken in all files of build ${buildId} in time.`, {
        code: 'upload-not-taken-in',
        advice: 'Run again with --resume; nothing is uploaded twice.',
      }),
  });
  return isHashed(settled) ? settled : listHashedFiles(run, context);
}

/** @throws for a list of another build, and for files that can never be scanned */
function isSettled({ buildId, files }: FileList, ownId: string): boolean {
  expectBuild('getfilelist.do', buildId, ownId);
  const unfit = files.filter(({ statusText }) => UNFIT.has(squeeze(statusText)));
  if (unfit.length > 0) throw unfitFiles(unfit);
  return files.every(({ statusText }) => !ON_ITS_WAY.has(squeeze(statusText)));
}

/** Several files of one of our names: two uploads of ours, as nobody else uses the build. The newest is kept. */
async function removeTwins(run: ScanRun, target: UploadTarget, list: FileList): Promise<FileList> {
  const newest = new Map(list.files.map((file) => [file.name, file]));
  for (const file of list.files) {
    if (newest.get(file.name) !== file) await removeFileOnce(run, target, file.id);
  }
  return { ...list, files: [...newest.values()] };
}

function squeeze(statusText: string): string {
  return statusText.toLowerCase().replace(/\s+/g, '');
}

function unfitFiles(files: readonly UploadedFile[]): ScanFailedError {
  return new ScanFailedError(`The platform cannot use ${describeFiles(files)}.`, {
    code: 'file-unfit',
    advice: 'Pack the artifact as the platform wants it: one level of archives, no password, zip or tar.',
  });
}

function strangersFile({ buildId }: UploadTarget, files: readonly UploadedFile[]): ConflictError {
  return new ConflictError(`Build ${buildId} holds files that are not of this run: ${describeFiles(files)}.`, {
    code: 'strangers-file',
    advice: 'Somebody else uploads into the same build. Let one pipeline at a time use a profile or sandbox.',
  });
}

function notProven({ buildId }: UploadTarget, list: FileList): ProtocolError {
  return new ProtocolError(`The files that were uploaded into build ${buildId} are not all there: the platform lists ${describeFiles(list.files)}.`, {
    code: 'upload-not-proven',
    context: { operation: 'getfilelist.do' },
    advice: 'Run again; the next attempt uploads what is missing.',
  });
}
