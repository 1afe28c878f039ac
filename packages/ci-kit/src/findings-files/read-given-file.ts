import { resolve } from 'node:path';

import { ValidationError, type ValidationIssue } from '@verapipe/core';

import type { FindingsFile } from './findings-file.js';
import { findFindingsFile } from './find-findings-file.js';
import { readFindingsFile } from './read-findings-file.js';

/** A file of findings that somebody named with an option. */
export interface GivenFile {
  /** Key of the option. */
  readonly option: string;
  /** As it was given: a file, or a folder with results. */
  readonly path: string;
  /** Absolute. */
  readonly cwd: string;
}

/** The file, or everything that is wrong with it. */
export type ReadGivenFile = { readonly file: FindingsFile } | { readonly issues: readonly ValidationIssue[] };

/** Reads a file of findings, and tells its faults as those of the option. @throws LocalError `file-changed` */
export async function readGivenFile({ option, path, cwd }: GivenFile): Promise<ReadGivenFile> {
  try {
    return { file: await readFindingsFile(await findFindingsFile(resolve(cwd, path))) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { issues: error.issues.map(({ path: where, got, wanted }) => ({ path: option, got: `${where}: ${got}`, wanted })) };
  }
}
