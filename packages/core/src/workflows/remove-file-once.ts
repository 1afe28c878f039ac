import { listFiles, removeFile } from '../api/xml/files.js';
import { changeOnce } from './change-once.js';
import type { Run } from './run.js';
import type { UploadTarget } from './upload-target.js';

/** Takes one file out of a build; a file that is gone already is as good. */
export async function removeFileOnce(run: Run, { context, buildId }: Omit<UploadTarget, 'isEmpty'>, fileId: string): Promise<void> {
  await changeOnce<true>(run, {
    async act(call) {
      await removeFile(run.client, { ...context, fileId }, call);
      return true;
    },
    async readBack(call) {
      const { files } = await listFiles(run.client, { ...context, buildId }, call);
      return files.some(({ id }) => id === fileId) ? undefined : true;
    },
    // The id names one file: a second removal finds none.
    repeat: 'refused',
  });
}
