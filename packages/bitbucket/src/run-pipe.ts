import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { environmentName } from '@verapipe/ci-kit';
import type { Env, ValidationIssue } from '@verapipe/core';

import { readCaBundle } from './ca-bundle.js';
import { createCodeInsights, type CodeInsights, type CodeInsightsOptions } from './code-insights/code-insights.js';
import { reportPlace } from './code-insights/report-place.js';
import { prepareRun } from './prepare-run.js';
import { createSharedFiles } from './shared-files.js';
import { readVariables, type PipeVariables } from './variables/read-variables.js';

/** What the pipe needs from its process; `main.ts` hands it over. */
export interface PipeInput {
  readonly env: Env;
  readonly say: (line: string) => void;
  /** Runs the command line. @returns its exit code */
  readonly runCommand: (run: { readonly args: readonly string[]; readonly env: Env }) => Promise<number>;
}

const WRONG_INPUT = 2;

/**
 * The pipe: reads its variables, tells Code Insights that a scan is running, runs the command line, and tells Code Insights
 * how it ended.
 *
 * @returns the exit code of the command line, whatever became of Code Insights; 2 where a variable is wrong
 */
export async function runPipe({ env, say, runCommand }: PipeInput): Promise<number> {
  const variables = readVariables(env);
  const bundle = variables.own.CA_BUNDLE === null ? null : readCaBundle(variables.own.CA_BUNDLE);
  const issues = [...variables.issues, ...(bundle !== null && 'fault' in bundle ? [{ path: 'CA_BUNDLE', got: bundle.fault, wanted: 'PEM, or PEM in Base64' }] : []), ...twoAuthorities(variables)];
  for (const notice of variables.notices) say(`Note: ${notice}`);
  if (issues.length > 0) {
    say(renderFaults(issues));
    return WRONG_INPUT;
  }
  const pem = bundle !== null && 'pem' in bundle ? bundle.pem : null;
  const ca = pem === null ? null : await writeAuthorities(pem);
  try {
    const run = prepareRun(variables, ca?.file ?? null);
    for (const warning of run.warnings) say(`WARNING: ${warning}`);
    const shared = createSharedFiles(env['BITBUCKET_PIPE_STORAGE_DIR'], [run.files.results, run.files.variables]);
    const insights = codeInsightsOf(variables, { env, pem, file: run.files.codeInsights, say });
    await trying(say, shared.forget());
    await insights?.begin();
    const exitCode = await runCommand(run);
    await trying(say, shared.keep());
    await insights?.finish(exitCode);
    return exitCode;
  } finally {
    if (ca !== null) await trying(say, ca.remove());
  }
}

function twoAuthorities({ own, options }: PipeVariables): readonly ValidationIssue[] {
  return own.CA_BUNDLE !== null && options.values.caFile !== null ? [{ path: 'CA_BUNDLE', got: 'both CA_BUNDLE and CA_FILE', wanted: 'one of them' }] : [];
}

function codeInsightsOf(variables: PipeVariables, { env, pem, ...told }: { readonly env: Env; readonly pem: string | null } & CodeInsightsOptions): CodeInsights | null {
  if (!variables.reportsToCodeInsights) return null;
  const place = reportPlace(variables, env, pem);
  if (!('reason' in place)) return createCodeInsights(place, told);
  told.say(`WARNING: Code Insights: nothing is sent: ${place.reason}. The result of the step stays as it is.`);
  return null;
}

/** The command line takes a file; it goes when the run is over. */
async function writeAuthorities(pem: string): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-ca-'));
  const file = join(folder, 'authorities.pem');
  await writeFile(file, pem);
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What other pipes may read is no reason for another verdict. */
async function trying(say: PipeInput['say'], work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    say(`WARNING: a file of the pipe could not be written or removed (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). The result of the step stays as it is.`);
  }
}

function renderFaults(issues: readonly ValidationIssue[]): string {
  const count = issues.length === 1 ? 'one fault' : `${issues.length} faults`;
  const lines = issues.map(({ path, got, wanted }) => `  ${path.replace(environmentName(''), '')}: got ${got}; wanted ${wanted}`);
  return [`Error: the variables of the pipe have ${count}; nothing was sent.`, ...lines, 'Next: the README of the pipe lists its variables.'].join('\n');
}
