import type { FileList, UploadedFile } from '../domain/build.js';
import type { Artifact } from '../domain/scan-request.js';
import { type FileChecksums, hashArtifact } from '../transport/file-body.js';
import type { UploadedArtifact } from './scan-outcome.js';

/** Checksums of artifacts, each computed when first asked for: they cost two seconds for each GiB. */
export interface ChecksumBook {
  of(artifact: Artifact): Promise<FileChecksums>;
}

/** An empty book. @param signal - ends computations that nobody waits for any more */
export function createChecksumBook(signal?: AbortSignal): ChecksumBook {
  const known = new Map<string, Promise<FileChecksums>>();
  return {
    of(artifact) {
      const checksums = known.get(artifact.name) ?? hashArtifact(artifact, signal);
      known.set(artifact.name, checksums);
      return checksums;
    },
  };
}

/**
 * Finds an artifact among the files of a build: by name, whole, and with our checksum. A name alone proves nothing: list
 * files with `listHashedFiles` where they may just have been uploaded.
 *
 * @returns undefined when it is not there, or not known to be as we have it
 */
export async function findOurFile(
  files: readonly UploadedFile[],
  artifact: Artifact,
  book: ChecksumBook,
): Promise<UploadedArtifact | undefined> {
  for (const file of files.filter(({ name, uploaded }) => uploaded && name === artifact.name)) {
    const { md5, sha256 } = await book.of(artifact);
    if (file.md5 !== md5) continue;
    return { path: artifact.path, name: artifact.name, sizeBytes: artifact.sizeBytes, sha256, md5, fileId: file.id };
  }
  return undefined;
}

/**
 * Matches the files of a build with all artifacts.
 *
 * @returns undefined unless the build holds exactly these artifacts
 */
export async function matchAllFiles(
  list: FileList,
  artifacts: readonly Artifact[],
  book: ChecksumBook,
): Promise<readonly UploadedArtifact[] | undefined> {
  if (list.files.length !== artifacts.length) return undefined;
  const matched: UploadedArtifact[] = [];
  for (const artifact of artifacts) {
    const found = await findOurFile(list.files, artifact, book);
    if (found === undefined) return undefined;
    matched.push(found);
  }
  return matched;
}
