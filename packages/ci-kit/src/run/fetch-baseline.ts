import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { findEarlierReport, type CallingRun, type OwnBuild } from '@verapipe/core';

import { onDisk } from '../files/local-trouble.js';
import { idsOf } from '../findings-files/ids-of.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';
import type { Comparison } from '../judging/judging.js';
import { baselineOf } from '../judging/read-baseline.js';
import type { JudgedContext } from './judged-context.js';
import { shownPath } from './run-context.js';

/** What is to be compared. */
export interface ComparedScan {
  readonly application: { readonly id: string; readonly name: string };
  /** Null for a scan that the platform does not keep. */
  readonly own: OwnBuild | null;
}

/**
 * The baseline of a run: the file that it was given, or the earlier scan of the platform that it named. Where there is no
 * such scan yet every finding is new, and it says so: a first run is never green for want of a baseline.
 *
 * @throws the errors of `findEarlierReport`, and of reading the report
 */
export async function fetchBaseline(run: JudgedContext, calling: CallingRun, { application, own }: ComparedScan): Promise<Comparison> {
  const { baseline, baselineScan } = run.judging;
  if (baselineScan === null) return baseline;
  const file = run.files.baselineReport;
  await onDisk(file, () => mkdir(dirname(file), { recursive: true }));
  // The report of an earlier run must not be taken for what this one was compared with.
  await onDisk(file, () => rm(file, { force: true }));
  const found = await findEarlierReport(calling, { application, sandbox: baselineScan.sandbox, own, file });
  if (found.kind === 'none') {
    run.emit({ type: 'warning', message: `Nothing to compare with: ${found.reason} Every finding counts as new.` });
    return 'nothing-known';
  }
  const { build, sandbox } = found;
  if (sandbox !== null && sandbox.name !== baselineScan.sandbox) run.emit({ type: 'warning', message: `Sandbox "${sandbox.name}" is used for "${baselineScan.sandbox ?? ''}".` });
  const isOwnPlace = own !== null && (own.sandbox?.id ?? null) === (sandbox?.id ?? null);
  const place = sandbox === null ? 'policy scan' : `scan in sandbox "${sandbox.name}"`;
  const hint = isOwnPlace ? ' What that one found is known, also where its run failed for it.' : '';
  run.emit({ type: 'notice', message: `Compared with ${place} "${build.name}" (build ${build.id}).${hint}` });
  // A report does not say for certain which context it is of; here it is known.
  const read = { ...(await readFindingsFile(file)), idsOf: idsOf({ application, sandbox }) };
  return baselineOf(read, (path) => shownPath(path, run.input.cwd));
}
