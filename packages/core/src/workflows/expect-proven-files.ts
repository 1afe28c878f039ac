import type { FileList } from '../domain/build.js';
import { ConflictError } from '../kernel/errors.js';
import { describeFiles } from './describe-files.js';
import { lookingAgain } from './late-reads.js';
import { checksumNotTold, listHashedFiles } from './list-hashed-files.js';
import { expectBuild } from './read-build.js';
import type { Run } from './run.js';
import type { UploadedArtifact } from './scan-outcome.js';
import { contextOf, type ScanWork } from './scan-work.js';

/**
 * Makes sure that a build which can no longer be changed holds exactly the files that were proven before its prescan.
 *
 * One call more for each run, because the proof before the prescan is older than the prescan: the call that begins it
 * may have been repeated for minutes, or have been made by another process, hours later, and all that time whoever can
 * edit the build could put other bytes into it. Once it runs nobody can, so that this one look covers both.
 *
 * A state without files has nothing to compare with.
 *
 * @throws ConflictError `files-changed`, `strangers-build`; ProtocolError `checksum-not-told`
 */
export async function expectProvenFiles(run: Run, work: ScanWork): Promise<void> {
  const { artifacts } = work;
  const buildId = work.place.build.id;
  if (artifacts.length === 0) return;
  await lookingAgain(run, async () => {
    const list = await listHashedFiles(run, { ...contextOf(work), buildId });
    expectBuild('getfilelist.do', list.buildId, buildId);
    if (!holdsExactly(list, artifacts)) throw filesChanged(list);
    if (list.files.some(({ md5 }) => md5 === null)) throw checksumNotTold(list);
  });
}

/** True unless a file is missing, added, or another one; a checksum that is not told contradicts none. */
function holdsExactly({ files }: FileList, artifacts: readonly UploadedArtifact[]): boolean {
  const isHeld = ({ name, fileId, md5 }: UploadedArtifact): boolean =>
    files.some((file) => file.name === name && file.id === fileId && (file.md5 ?? md5) === md5);
  return files.length === artifacts.length && artifacts.every(isHeld);
}

function filesChanged({ buildId, files }: FileList): ConflictError {
  return new ConflictError(
    `Build ${buildId} does not hold the files that this run proved: it holds ${describeFiles(files)}. Somebody changed it before its prescan began.`,
    {
      code: 'files-changed',
      context: { operation: 'getfilelist.do' },
      advice: 'What it finds says nothing about our files. Let one pipeline at a time use a profile or sandbox, and scan again.',
    },
  );
}
