import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { onDisk } from './local-trouble.js';

/** Where a run leaves its files; all absolute. @public */
export interface OutputFiles {
  readonly folder: string;
  readonly results: string;
  readonly report: string;
  readonly state: string;
}

/** The files of a run. Pure. */
export function outputFiles(cwd: string, outputDir: string, state: string | null): OutputFiles {
  const folder = resolve(cwd, outputDir);
  return {
    folder,
    results: join(folder, 'verapipe-results.json'),
    report: join(folder, 'veracode-detailed-report.xml'),
    state: state === null ? join(folder, '.verapipe', 'scan.json') : resolve(cwd, state),
  };
}

/**
 * Makes the folders of a run, proves that files can be written there, and removes what an earlier run left: should
 * this one be killed, nobody can take an old verdict for its own.
 *
 * @throws LocalError `not-writable`, `disk-full`
 */
export async function prepareOutput({ folder, results, report, state }: OutputFiles): Promise<void> {
  for (const place of new Set([folder, dirname(state)])) {
    await onDisk(place, () => mkdir(place, { recursive: true }));
    const proof = join(place, `.verapipe-${randomUUID()}.tmp`);
    await onDisk(place, () => writeFile(proof, 'May be deleted.\n', { flag: 'wx' }));
    await onDisk(place, () => rm(proof));
  }
  for (const file of [results, report]) await onDisk(file, () => rm(file, { force: true }));
}
