import { existingFolderOf } from '../../files/prove-writable.js';
import { shownPath } from '../../run/run-context.js';
import { type Check, type CheckResult, failure, ok, warning } from '../check.js';

/** Reports of large applications have some ten megabytes, and are written beside the results. */
const WANTED_BYTES = 512 * 1024 * 1024;
const LEAST_BYTES = 64 * 1024 * 1024;

/** Room for reports, results and state. Artifacts are sent from where they are. */
export const disk: Check = {
  id: 'disk',
  title: 'Disk space',
  needs: ['outputs'],
  purposes: ['scan', 'pipeline-scan', 'findings'],
  async run({ run, freeBytes }) {
    const folder = await existingFolderOf(run.files.folder);
    return judgeSpace(await freeBytes(folder), shownPath(folder, run.input.cwd));
  },
};

function judgeSpace(freeBytes: number, folder: string): CheckResult {
  const line = `${String(Math.floor(freeBytes / 1024 / 1024))} MB are free for ${folder}`;
  const advice = 'Make room, or give a folder on another disk (--output-dir).';
  if (freeBytes < LEAST_BYTES) return failure(line, advice);
  return freeBytes < WANTED_BYTES ? warning(line, advice) : ok(line);
}
