import { posix } from 'node:path';

import { environmentName, readOptions, type OptionKey } from '@verapipe/ci-kit';
import type { Env } from '@verapipe/core';

import { JUDGING_COMMANDS } from './variables/pipe-commands.js';
import type { PipeVariables } from './variables/read-variables.js';

/** What the command line is started with, and what it leaves. */
export interface PreparedRun {
  readonly args: readonly string[];
  readonly env: Env;
  readonly warnings: readonly string[];
  /** Reports and results, relative to the clone folder. */
  readonly files: PipeFiles;
}

export interface PipeFiles {
  readonly results: string;
  readonly codeInsights: string;
  readonly variables: string;
}

/** Under the clone folder, where `artifacts` finds it. */
const OUTPUT_DIR = 'veracode';
/** Bitbucket looks into a folder of this name for tests. */
const JUNIT_FILE = 'test-results/veracode-junit.xml';
/** What a run needs at its end to write results and to say how to go on. */
const MARGIN_MINUTES = 2;

/**
 * Puts what suits Bitbucket where the pipeline says nothing: files as its artifacts and tests are found, and a time limit
 * that the step's own one does not cut off. Pure.
 *
 * @param caFile - the file that CA_BUNDLE was written to; null without
 */
export function prepareRun(variables: PipeVariables, caFile: string | null): PreparedRun {
  const { command, options, maxTimeMinutes } = variables;
  const { values, sources } = options;
  const judges = JUDGING_COMMANDS.includes(command);
  const isGiven = (key: OptionKey): boolean => sources[key] !== 'default';
  const outputDir = isGiven('outputDir') ? values.outputDir : OUTPUT_DIR;
  const usual = usualReports(outputDir);
  const asked = new Map(values.report.map(splitReport));
  const added = Object.entries(usual).filter(([format]) => !asked.has(format));

  const longest = Math.max(1, maxTimeMinutes - MARGIN_MINUTES);
  const timeout = timeoutMinutes(variables);
  const isTooLong = timeout > longest;
  const changes: Record<string, string> = { [environmentName('output-dir')]: outputDir };
  // Not in a folder that begins with a dot, which patterns of artifacts pass over.
  if (!isGiven('state')) changes[environmentName('state')] = posix.join(outputDir, 'scan.json');
  if (judges) changes[environmentName('report')] = JSON.stringify([...values.report, ...added.map((report) => report.join('='))]);
  if (isTooLong && !isGiven('timeout')) changes[environmentName('timeout')] = String(longest);
  if (command === 'preflight' && !isGiven('jobTimeout')) changes[environmentName('job-timeout')] = String(maxTimeMinutes);
  if (caFile !== null) changes[environmentName('ca-file')] = caFile;
  return {
    args: [command],
    env: { ...variables.env, ...changes },
    warnings: isTooLong && isGiven('timeout') && judges && values.wait ? [tooLong(timeout, maxTimeMinutes, longest)] : [],
    files: { results: posix.join(outputDir, 'verapipe-results.json'), codeInsights: asked.get('code-insights') ?? usual['code-insights'], variables: asked.get('dotenv') ?? usual.dotenv },
  };
}

/** What the run may take, or the one that a preflight is for. */
function timeoutMinutes({ env, options }: PipeVariables): number {
  return options.values.for === 'pipeline-scan' ? readOptions('pipeline-scan', [], env).values.timeout : options.values.timeout;
}

function usualReports(outputDir: string): Readonly<Record<'code-insights' | 'junit' | 'sarif' | 'dotenv', string>> {
  return { 'code-insights': posix.join(outputDir, 'code-insights.json'), junit: JUNIT_FILE, sarif: posix.join(outputDir, 'veracode.sarif'), dotenv: posix.join(outputDir, 'veracode.env') };
}

/** `FORMAT=PATH`; the command line tells what is wrong with it. */
function splitReport(report: string): readonly [format: string, path: string] {
  const [format = '', ...path] = report.split('=');
  return [format.trim(), path.join('=').trim()];
}

function tooLong(timeout: number, maxTime: number, longest: number): string {
  return `The step ends after ${maxTime} minutes (MAX_TIME), and the run may take ${timeout} (TIMEOUT): a step that is killed ends without a result. Give a TIMEOUT of ${longest} or less, the step more max-time and say so in MAX_TIME, or submit with WAIT: 'false' and judge in a later step with COMMAND: wait.`;
}
