import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { onDisk } from './local-trouble.js';
import { proveWritable } from './prove-writable.js';

/** Where a run leaves its files; all absolute. @public */
export interface OutputFiles {
  readonly folder: string;
  readonly results: string;
  readonly report: string;
  /** All findings of a pipeline scan, in the vendor's shape. */
  readonly pipelineResults: string;
  /** Those that failed the gates. */
  readonly filteredResults: string;
  /** The policy scan that mitigations were taken from. */
  readonly policyReport: string;
  readonly state: string;
  /** How the platform's answers differ from what is expected. */
  readonly conformance: string;
  /** The report of an earlier scan that findings are compared with. */
  readonly baselineReport: string;
  /** What earlier runs knew of an outage. */
  readonly outage: string;
  /** The files that tell how a run ended, of the kind of scan that is run: an older one would be taken for its own. */
  readonly outcome: readonly string[];
}

/** What decides about the files of a run. */
export interface OutputChoice {
  readonly outputDir: string;
  readonly state: string | null;
  readonly scan: 'platform' | 'pipeline';
}

/** The files of a run. Pure. */
export function outputFiles(cwd: string, { outputDir, state, scan }: OutputChoice): OutputFiles {
  const folder = resolve(cwd, outputDir);
  const results = join(folder, 'verapipe-results.json');
  const report = join(folder, 'veracode-detailed-report.xml');
  const pipelineResults = join(folder, 'results.json');
  const filteredResults = join(folder, 'filtered_results.json');
  const policyReport = join(folder, 'veracode-policy-report.xml');
  return {
    folder,
    results,
    report,
    pipelineResults,
    filteredResults,
    policyReport,
    // `results.json` is a name that others use as well: who makes no such file removes none.
    outcome: scan === 'pipeline' ? [results, pipelineResults, filteredResults, policyReport] : [results, report],
    state: state === null ? join(folder, '.verapipe', 'scan.json') : resolve(cwd, state),
    conformance: join(folder, 'verapipe-conformance.json'),
    baselineReport: join(folder, '.verapipe', 'baseline-report.xml'),
    outage: join(folder, '.verapipe', 'outage.json'),
  };
}

/**
 * Makes the folders of a run and of its reports, proves that files can be written there, and removes what an earlier run
 * left: should this one be killed, nobody can take an old verdict for its own.
 *
 * @throws LocalError `not-writable`, `disk-full`
 */
export async function prepareOutput({ folder, outcome, state }: OutputFiles): Promise<void> {
  for (const place of new Set([folder, dirname(state), ...outcome.map((file) => dirname(file))])) {
    await onDisk(place, () => mkdir(place, { recursive: true }));
    await proveWritable(place);
  }
  for (const file of outcome) await onDisk(file, () => rm(file, { force: true }));
}
