import type { UploadedFile } from '../domain/build.js';
import { listHashedFiles } from './list-hashed-files.js';
import { type ChecksumBook, createChecksumBook, findOurFile } from './our-files.js';
import { removeFileOnce } from './remove-file-once.js';
import type { ScanRun } from './run.js';
import type { UploadedArtifact } from './scan-outcome.js';
import { uploadOnce } from './upload-once.js';
import type { UploadTarget } from './upload-target.js';
import { provenFiles } from './verify-files.js';

/**
 * Brings every artifact into the build, one after the other (the platform takes no parallel uploads), and proves by
 * the file list that exactly these are there. Files that an earlier attempt brought are kept where they are proven,
 * and taken out where they are not.
 */
export async function uploadArtifacts(run: ScanRun, target: UploadTarget): Promise<readonly UploadedArtifact[]> {
  const over = new AbortController();
  try {
    return await bringAndProve(run, target, createChecksumBook(over.signal));
  } finally {
    over.abort();
  }
}

async function bringAndProve(run: ScanRun, target: UploadTarget, book: ChecksumBook): Promise<readonly UploadedArtifact[]> {
  run.emit({ type: 'phase', phase: 'upload' });
  const { artifacts } = run.request;
  const done = new Map((await keepProvenFiles(run, target, book)).map((artifact) => [artifact.name, artifact]));
  for (const [index, artifact] of artifacts.entries()) {
    if (done.has(artifact.name)) continue;
    const progress = { file: artifact.name, sizeBytes: artifact.sizeBytes, index: index + 1, count: artifacts.length };
    await run.record('upload', 'began', { artifacts: [...done.values()] });
    const uploaded = await uploadOnce(run, {
      target,
      artifact,
      book,
      onBytes: (sentBytes) => run.emit({ type: 'upload', ...progress, sentBytes }),
    });
    done.set(artifact.name, uploaded);
  }
  const proven = await provenFiles(run, target, book);
  await run.record('upload', 'done', { artifacts: proven });
  return proven;
}

async function keepProvenFiles(run: ScanRun, target: UploadTarget, book: ChecksumBook): Promise<readonly UploadedArtifact[]> {
  if (target.isEmpty) return [];
  const { kept, others } = await sortFiles(run, target, book);
  for (const { id } of others) await removeFileOnce(run, target, id);
  return kept;
}

/** Looks through the files of a build: those that are proven to be ours, and those that are not. Changes nothing. */
export async function sortFiles(
  run: ScanRun,
  { context, buildId }: UploadTarget,
  book: ChecksumBook,
): Promise<{ readonly kept: readonly UploadedArtifact[]; readonly others: readonly UploadedFile[] }> {
  const { files } = await listHashedFiles(run, { ...context, buildId });
  const kept: UploadedArtifact[] = [];
  for (const artifact of run.request.artifacts) {
    const found = await findOurFile(files, artifact, book);
    if (found !== undefined) kept.push(found);
  }
  const keptIds = new Set(kept.map(({ fileId }) => fileId));
  return { kept, others: files.filter(({ id }) => !keptIds.has(id)) };
}
