import type { ValidationIssue } from '@verapipe/core';

import { readPathRules } from '../checkout/path-rules.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { UNREAD_JUDGING, type Judging } from '../judging/judging.js';
import { readJudging, type ReadJudging } from '../judging/read-judging.js';
import type { ReportedPlace } from '../reports/earlier-place.js';
import { anotherApplication, type ComparedFindings, type EarlierFiles, readEarlier, type ReadEarlier } from '../reports/read-earlier.js';
import type { RequestedReport } from '../reports/requested-reports.js';
import type { KeptInputs } from './keep-inputs.js';
import { shownPath, type RunContext } from './run-context.js';

/** A run that ends in a judgement, and how it is judged. */
export interface JudgedContext extends RunContext {
  readonly judging: Judging;
  /** To be written at its end. */
  readonly reports: readonly RequestedReport[];
  /** For those reports. */
  readonly earlier: EarlierFiles;
  /** Files of its own that it was told to read: such a run is refused, and leaves them as they are. */
  readonly kept: readonly string[];
}

/** A run before it is known how it is judged: by the strictest there is. An older report of its own is removed first. */
export function unjudgedContext(run: RunContext, { reports, kept }: Pick<KeptInputs, 'reports' | 'kept'>): JudgedContext {
  const outcome = [...run.files.outcome.filter((file) => !kept.includes(file)), ...reports.map(({ path }) => path)];
  return { ...run, judging: UNREAD_JUDGING, reports, kept, earlier: [], files: { ...run.files, outcome } };
}

/** The same run under a judgement: where an organisation's floor says more than the options, the floor stands in them. */
export function judgedBy(run: JudgedContext, judging: Judging): JudgedContext {
  const { reportOnly, missingCredentials, pollInterval, allowFastPolling, lint } = judging.judgement;
  return { ...run, judging, options: { ...run.options, reportOnly, missingCredentials, pollInterval, allowFastPolling, lint } };
}

/** Reads how a run is to be judged; rules of paths decide which findings a waiver is about. */
export async function judgingOf({ input, clock }: RunContext): Promise<ReadJudging> {
  const { options, cwd } = input;
  const { judging, issues } = await readJudging({ options, cwd, nowMs: clock.now(), shown: (path) => shownPath(path, cwd) });
  return { judging, issues: [...issues, ...readPathRules(options.values.pathRule).issues] };
}

/** Reads the earlier results that reports of a run are about; without a report nobody would see them. */
export async function earlierOf({ options, input }: JudgedContext): Promise<ReadEarlier> {
  const { files, issues } = await readEarlier(options.earlier, input.cwd);
  const faults = files.map((file) => ofAnotherName(file, options.app, (path) => shownPath(path, input.cwd)));
  const noReport = options.earlier.length === 0 || options.report.length > 0 ? [] : [NO_REPORT];
  return { files: files.filter((_file, index) => faults[index] === null), issues: [...issues, ...faults.filter((fault) => fault !== null), ...noReport] };
}

const NO_REPORT: ValidationIssue = { path: 'earlier', got: 'no --report beside it', wanted: 'a report that tells of it, for instance --report markdown=summary.md' };

/** Before the platform is asked only the name of an application is known. */
function ofAnotherName(file: FindingsFile, app: string | null, shown: (path: string) => string): ValidationIssue | null {
  return app === null ? null : anotherApplication(file, { application: { id: '', name: app, created: false }, sandbox: null }, shown);
}

/** What a run compares with earlier results, besides its findings. */
export function reportedTo({ input, emit }: RunContext, results: ReportedPlace): Pick<ComparedFindings, 'results' | 'shown' | 'warn'> {
  return { results, shown: (path) => shownPath(path, input.cwd), warn: (message) => emit({ type: 'warning', message }) };
}
