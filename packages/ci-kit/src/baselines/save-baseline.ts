import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { ValidationError } from '@verapipe/core';
import { renderResultsJson } from '@verapipe/reports';

import { copyFileAtomically } from '../files/copy-file-atomically.js';
import { onDisk } from '../files/local-trouble.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import type { FindingsFile } from '../findings-files/findings-file.js';

/**
 * Saves findings as a baseline, whole or not at all: our own results in the newest version, files of other programs as
 * they are, so that the programs which wrote them can use them as well.
 *
 * @throws ValidationError `incomplete-baseline` when the file does not hold all findings: whatever is missing would count
 *   as new; LocalError `disk-full`, `not-writable`
 * @public
 */
export async function saveBaseline(file: FindingsFile, to: string): Promise<void> {
  if (!file.isComplete) {
    const got = ['a file that does not hold all findings', ...file.warnings].join('; ');
    throw new ValidationError([{ path: file.path, got, wanted: 'a whole file as baseline' }], { code: 'incomplete-baseline' });
  }
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  if (file.results === null) await copyFileAtomically(file.path, to);
  else await writeFileAtomically(to, renderResultsJson(file.results, file.findings));
}
