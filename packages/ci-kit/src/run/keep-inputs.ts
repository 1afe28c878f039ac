import type { ValidationIssue } from '@verapipe/core';

import { thoseAmong } from '../files/same-file.js';
import type { OptionKey } from '../options/option-table.js';
import { reportsInOwnPlaces } from '../reports/own-places.js';
import { type RequestedReport, requestedReports } from '../reports/requested-reports.js';
import { inputFiles, type InputFile } from './input-files.js';
import { type RunContext, shownPath } from './run-context.js';

/** What a run may write without harm to what it reads, and what is wrong with the rest. */
export interface KeptInputs {
  /** Those with a place of their own. */
  readonly reports: readonly RequestedReport[];
  /** Outcome files in whose place an input lies: nobody may touch them. */
  readonly kept: readonly string[];
  readonly issues: readonly ValidationIssue[];
}

const WANTED: Readonly<Partial<Record<OptionKey, string>>> = {
  earlier: 'a file of its own, copied before the run',
  baseline: 'a file of its own, as `verapipe baseline save` writes it',
  file: 'another name or --output-dir, or --exclude for what an earlier run left',
};

/** Finds what a run would both read and replace: whatever it comes to, that stays as it is. Reads the disk only; never throws. */
export async function keepInputs(run: RunContext): Promise<KeptInputs> {
  const { files, options, input } = run;
  const shown = (path: string): string => shownPath(path, input.cwd);
  const given = await inputFiles(run);
  const own = [files.state, files.outage, ...(options.baselineScan === null ? [] : [files.baselineReport])];
  const state: readonly InputFile[] = options.state === null ? [] : [{ option: 'state', path: files.state }];
  const replaced = [...(await amongThem(given, [...files.outcome, ...own])), ...(await amongThem(state, files.outcome))];
  const requested = requestedReports(options.report, { cwd: input.cwd, taken: [...files.outcome, ...own] });
  const { reports, issues } = await reportsInOwnPlaces(requested, { read: pathsOf(given), written: [...files.outcome, ...own], shown });
  return {
    reports,
    kept: await thoseAmong(files.outcome, pathsOf(replaced)),
    issues: [...replaced.map(({ option, path }) => ({ path: option, got: `${shown(path)}, which this run replaces`, wanted: WANTED[option] ?? 'a file of its own' })), ...issues],
  };
}

async function amongThem(given: readonly InputFile[], others: readonly string[]): Promise<readonly InputFile[]> {
  const among = new Set(await thoseAmong(pathsOf(given), others));
  return given.filter(({ path }) => among.has(path));
}

function pathsOf(given: readonly InputFile[]): readonly string[] {
  return given.map(({ path }) => path);
}
