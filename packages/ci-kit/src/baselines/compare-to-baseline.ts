import { createRecognisedFindings, matchFindings, type RecognisedFindings, ValidationError } from '@verapipe/core';
import type { BaselineComparison, ComparedFile } from '@verapipe/reports';

import type { FindingsFile } from '../findings-files/findings-file.js';
import { readNothing } from '../findings-files/read-nothing.js';

/** The two files of a comparison. @public */
export interface BaselineSides {
  readonly baseline: FindingsFile;
  readonly current: FindingsFile;
}

/**
 * Compares findings with those of a baseline: what is new, known (and how it was recognised) and gone.
 *
 * @throws ValidationError `no-findings-read` when one of the files is of a run that read none, and what reading the files
 *   throws
 * @public
 */
export async function compareToBaseline({ baseline, current }: BaselineSides): Promise<BaselineComparison> {
  for (const file of [baseline, current]) expectFindings(file);
  const idsAreShared = baseline.idsOf !== null && baseline.idsOf === current.idsOf;
  return {
    ...(await matchFindings({ baseline: baseline.findings, current: current.findings, idsAreShared })),
    idsAreShared,
    baseline: comparedFile(baseline),
    current: comparedFile(current),
    warnings: [...baseline.warnings, ...current.warnings],
  };
}

/**
 * What a gate on new findings asks: whether the baseline knows a finding of the current file.
 *
 * @throws what {@link compareToBaseline} throws
 * @public
 */
export async function recogniseFindings(sides: BaselineSides): Promise<RecognisedFindings> {
  return createRecognisedFindings(await compareToBaseline(sides));
}

function expectFindings(file: FindingsFile): void {
  const issue = readNothing(file, file.path);
  if (issue !== null) throw new ValidationError([issue], { code: 'no-findings-read' });
}

function comparedFile({ path, format, scanId, tally, isComplete }: FindingsFile): ComparedFile {
  return { path, format, scanId, findings: tally.total, isComplete };
}
