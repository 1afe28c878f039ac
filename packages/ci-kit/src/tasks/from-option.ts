import type { FindingsFile } from '../findings-files/findings-file.js';
import { type ReadGivenFile, readGivenFile } from '../findings-files/read-given-file.js';
import type { RunContext } from '../run/run-context.js';

/** Reads the file that `--from` names, else the results in the output folder. */
export function readFrom({ options, files, input }: RunContext): Promise<ReadGivenFile> {
  return readGivenFile({ option: 'from', path: options.from ?? files.results, cwd: input.cwd });
}

/** What is wrong with a file that was to be read; nothing where it was. */
export function issuesOf(read: ReadGivenFile): Extract<ReadGivenFile, { issues: unknown }>['issues'] {
  return 'issues' in read ? read.issues : [];
}

/** The file, unless something is wrong with it. */
export function fileOf(read: ReadGivenFile): FindingsFile | null {
  return 'file' in read ? read.file : null;
}
