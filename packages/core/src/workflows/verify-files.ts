import { listFiles } from '../api/xml/files.js';
import type { FileList, UploadedFile } from '../domain/build.js';
import { ConflictError, DeadlineError, isRefusal, isVeracodeError, ProtocolError, ScanFailedError } from '../kernel/errors.js';
import { waitUntil } from '../waiters/wait-until.js';
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

/** Reads until a list that contradicts what was just done is believed; the pause doubles. */
const MAX_READS = 4;
const PAUSE_MS = 2000;

/**
 * Proves by the platform's file list that the build holds exactly the artifacts of the request, whole. The HTTP status
 * of an upload proves nothing.
 *
 * The list is asked for without a build id: it then tells the newest build of the context, on which the next calls
 * will act, so that this one answer shows that it is still ours. A read may lag behind a change, so that profile, build
 * or file do not show yet: what contradicts our own changes is read again before it is believed.
 *
 * @throws ScanFailedError `file-unfit`; ConflictError `strangers-build`, `strangers-file`; ProtocolError
 *   `upload-not-proven`
 */
export async function provenFiles(run: ScanRun, target: UploadTarget, book: ChecksumBook): Promise<readonly UploadedArtifact[]> {
  for (let reads = 1; ; reads += 1) {
    try {
      return await proveFiles(run, target, book);
    } catch (error) {
      if (!mayBeLate(error) || reads === MAX_READS) throw error;
      await run.client.clock.sleep(PAUSE_MS * 2 ** (reads - 1), run.call.signal);
    }
  }
}

/** What a platform says that does not know yet what it has just done. */
function mayBeLate(error: unknown): boolean {
  return isRefusal(error) || (isVeracodeError(error) && ['upload-not-proven', 'strangers-build', 'access-denied'].includes(error.code));
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
  if (again === undefined) throw notProven(target, list);
  return again;
}

/** Reads the list until no file is on its way any more. */
async function readSettledList(run: ScanRun, { context, buildId }: UploadTarget): Promise<FileList> {
  const list = await listFiles(run.client, context, run.call);
  if (isSettled(list, buildId)) return list;
  return waitUntil((call) => listFiles(run.client, context, call), {
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
  return new ScanFailedError(`The platform cannot use ${describe(files)}.`, {
    code: 'file-unfit',
    advice: 'Pack the artifact as the platform wants it: one level of archives, no password, zip or tar.',
  });
}

function strangersFile({ buildId }: UploadTarget, files: readonly UploadedFile[]): ConflictError {
  return new ConflictError(`Build ${buildId} holds files that are not of this run: ${describe(files)}.`, {
    code: 'strangers-file',
    advice: 'Somebody else uploads into the same build. Let one pipeline at a time use a profile or sandbox.',
  });
}

function notProven({ buildId }: UploadTarget, list: FileList): ProtocolError {
  const held = list.files.length === 0 ? 'no files' : describe(list.files);
  return new ProtocolError(`The files that were uploaded into build ${buildId} are not all there: the platform lists ${held}.`, {
    code: 'upload-not-proven',
    context: { operation: 'getfilelist.do' },
    advice: 'Run again; the next attempt uploads what is missing.',
  });
}

function describe(files: readonly UploadedFile[]): string {
  return files.map(({ name, statusText, md5 }) => `"${name}" (${statusText}, MD5 ${md5 ?? 'not told'})`).join(', ');
}
