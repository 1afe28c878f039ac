import { removeFile, uploadFile } from '../api/xml/files.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { createChecksumBook } from '../workflows/our-files.js';
import type { ScanRun } from '../workflows/run.js';
import { sortFiles } from '../workflows/upload-artifacts.js';
import type { Planning } from './planning.js';

/** Plans the uploads into a build; null: it is still to be made. */
export async function planUploads(
  run: ScanRun,
  planning: Planning,
  { context, info }: { readonly context: BuildContext; readonly info: BuildInfo | null },
): Promise<void> {
  const there = info === null ? { kept: [], others: [] } : await sortFiles(run, { context, buildId: info.id, isEmpty: false }, createChecksumBook(run.call.signal));
  for (const { id, name } of there.others) await planning.change((client) => removeFile(client, { ...context, fileId: id }, run.call), `"${name}", which is not proven to be ours`);
  const kept = new Set(there.kept.map(({ name }) => name));
  for (const artifact of run.request.artifacts.filter(({ name }) => !kept.has(name))) {
    await planning.change((client) => uploadFile(client, { ...context, artifact }, run.call), `${artifact.path}, ${String(artifact.sizeBytes)} bytes`);
  }
  planning.read('getfilelist.do', 'the build holds exactly these files');
}
