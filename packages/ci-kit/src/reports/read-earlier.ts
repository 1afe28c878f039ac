import type { ValidationIssue } from '@verapipe/core';
import type { FindingChanges, ReportInput, ScanResults } from '@verapipe/reports';

import { type CurrentFindings, knownFindings } from '../baselines/known-findings.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { readGivenFile } from '../findings-files/read-given-file.js';
import { earlierPlace, placeWords, type ReportedPlace } from './earlier-place.js';

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

/** The fault of earlier results that are of another application than the current ones; null for others. Pure. */
export function anotherApplication({ path, results }: FindingsFile, current: ReportedPlace, shown: (path: string) => string): ValidationIssue | null {
  if (results === null || earlierPlace(results, current) !== 'another-application') return null;
  return { path: 'earlier', got: `${shown(path)}, results of the application "${results.application?.name ?? ''}"`, wanted: `results of "${current.application?.name ?? ''}"` };
}

/** Current findings, of which place they are, and who is told what does not fit them. */
export interface ComparedFindings extends CurrentFindings {
  readonly results: ReportedPlace;
  readonly shown: (path: string) => string;
  readonly warn: (message: string) => void;
}

/**
 * What a report says of earlier runs: how numbers developed and, since the newest one that is whole, what is new and gone.
 * Only results of the same place make a trend; a branch may be compared with the policy scans, and with nothing else.
 */
export async function comparedWithEarlier(earlier: EarlierFiles, current: ComparedFindings): Promise<Pick<ReportInput, 'earlier' | 'changes'>> {
  const { results: here, shown, warn } = current;
  const compared: FindingsFile[] = [];
  for (const file of earlier) {
    const place = file.results === null ? 'same' : earlierPlace(file.results, here);
    if (place === 'same' || place === 'another-context') compared.push(file);
    if (file.results === null || place === 'same') continue;
    const left = place === 'another-context' ? 'it is compared, and left out of the trend' : 'it is left out of the reports';
    warn(`${shown(file.path)} is of ${placeWords(file.results)} and these findings are of ${placeWords(here)}: ${left}.`);
  }
  const newest = compared.findLast(({ isComplete }) => isComplete);
  return { earlier: trendOf(earlier, here), changes: newest === undefined ? null : await changesSince(newest, current) };
}

/** Earlier results of the same place. Pure. */
export function trendOf(earlier: EarlierFiles, here: ReportedPlace): readonly ScanResults[] {
  return earlier.flatMap(({ results }) => (results === null || earlierPlace(results, here) !== 'same' ? [] : [results]));
}

async function changesSince(earlier: FindingsFile, current: ComparedFindings): Promise<FindingChanges> {
  const { recognised, goneBySeverity } = await knownFindings(earlier, current);
  const scan = earlier.scanId === null ? '' : ` (scan ${earlier.scanId})`;
  const place = earlier.results !== null && earlierPlace(earlier.results, current.results) === 'another-context' ? `, of ${placeWords(earlier.results)}` : '';
  return { comparedWith: `the results of ${earlier.madeAt}${scan}${place}`, isNew: (finding) => finding.status !== 'fixed' && !recognised.isKnown(finding), goneBySeverity };
}
