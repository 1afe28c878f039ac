import type { ValidationIssue } from '@verapipe/core';
import type { FindingChanges, ReportInput } from '@verapipe/reports';

import { type CurrentFindings, knownFindings } from '../baselines/known-findings.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { readGivenFile } from '../findings-files/read-given-file.js';

/** Results of earlier runs as files, the oldest first. */
export type EarlierFiles = readonly FindingsFile[];

/** The earlier results that were named, or everything that is wrong with them. */
export interface ReadEarlier {
  readonly files: EarlierFiles;
  readonly issues: readonly ValidationIssue[];
}

/** Reads what `--earlier` names. @param cwd - absolute */
export async function readEarlier(paths: readonly string[], cwd: string): Promise<ReadEarlier> {
  const files: FindingsFile[] = [];
  const issues: ValidationIssue[] = [];
  for (const path of paths) {
    const read = await readGivenFile({ option: 'earlier', path, cwd });
    if ('issues' in read) issues.push(...read.issues);
    else if (read.file.results === null) issues.push({ path: 'earlier', got: `${path}, which says nothing of its run`, wanted: 'verapipe-results.json of an earlier run' });
    else files.push(read.file);
  }
  return { files: files.toSorted((a, b) => Date.parse(a.madeAt) - Date.parse(b.madeAt)), issues };
}

/** What a report says of earlier runs: how numbers developed and, since the newest one that is whole, what is new and gone. */
export async function comparedWithEarlier(earlier: EarlierFiles, current: CurrentFindings): Promise<Pick<ReportInput, 'earlier' | 'changes'>> {
  const newest = earlier.findLast(({ isComplete }) => isComplete);
  return { earlier: earlier.flatMap(({ results }) => (results === null ? [] : [results])), changes: newest === undefined ? null : await changesSince(newest, current) };
}

async function changesSince(earlier: FindingsFile, current: CurrentFindings): Promise<FindingChanges> {
  const { recognised, goneBySeverity } = await knownFindings(earlier, current);
  const scan = earlier.scanId === null ? '' : ` (scan ${earlier.scanId})`;
  return { comparedWith: `the results of ${earlier.madeAt}${scan}`, isNew: (finding) => finding.status !== 'fixed' && !recognised.isKnown(finding), goneBySeverity };
}
