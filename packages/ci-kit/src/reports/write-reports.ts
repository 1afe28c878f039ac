import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { renderReport, type ReportInput } from '@verapipe/reports';

import { onDisk } from '../files/local-trouble.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import type { RequestedReport } from './requested-reports.js';

/** What became of a report. */
export interface WrittenReport extends RequestedReport {
  /** False: the run came to no results, or looked at nothing that the format is about, and the format has no words for that. */
  readonly written: boolean;
}

/**
 * Writes reports, each whole or not at all; an older file of a report that is not written is removed, so that nobody
 * takes it for this run's.
 *
 * @throws LocalError `disk-full`, `not-writable`; what reading the findings throws
 */
export async function writeReports(reports: readonly RequestedReport[], input: ReportInput): Promise<readonly WrittenReport[]> {
  const written: WrittenReport[] = [];
  for (const { format, path } of reports) {
    const text = await renderReport(format, input);
    if (text === null) await onDisk(path, () => rm(path, { force: true }));
    else {
      await onDisk(path, () => mkdir(dirname(path), { recursive: true }));
      await writeFileAtomically(path, text);
    }
    written.push({ format, path, written: text !== null });
  }
  return written;
}
