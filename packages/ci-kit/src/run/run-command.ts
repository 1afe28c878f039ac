import { type RunOptions, type ScanOutcome, ValidationError, type ValidationIssue, type VeracodeClient } from '@verapipe/core';

import { lookUpExpiry } from '../credentials/expiry.js';
import { prepareOutput } from '../files/output-folder.js';
import { connect, type Connection } from './connect.js';
import { endJudged, endSkipped, endSubmitted, endWithError } from './end-run.js';
import { createRunContext, type RunContext } from './run-context.js';
import type { RunInput } from './run-input.js';
import type { RunResult } from './run-result.js';

/** What a command wants to do, once everything about it has been checked. */
export interface CheckedWork {
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  /** Null when there are issues. */
  readonly work: ((client: VeracodeClient, options: RunOptions) => Promise<ScanOutcome>) | null;
}

/** Checks what a command was given against the platform that it goes to; sends nothing. */
export type Check = (run: RunContext, connection: Connection) => Promise<CheckedWork>;

/**
 * The one sequence of every command: options, credentials, validation of everything at once, output folder, client,
 * work, gates, result files, exit code. Never throws; sets nothing of the process.
 */
export async function runCommand(input: RunInput, check: Check): Promise<RunResult> {
  const run = createRunContext(input);
  let client: VeracodeClient | null = null;
  try {
    const connection = await connect(run);
    ({ client } = connection);
    const { choice } = connection;
    const optionIssues = input.options.issues;
    if ('error' in choice && choice.missing && run.options.missingCredentials === 'skip' && optionIssues.length === 0) {
      return await endSkipped(run, choice.error);
    }
    const checked = await check(run, connection);
    const issues = [...optionIssues, ...connection.issues, ...checked.issues];
    if (issues.length > 0) throw new ValidationError('error' in choice ? [...issues, credentialIssue(choice.error)] : issues);
    if ('error' in choice) throw choice.error;
    if (client === null || checked.work === null) throw new Error('A faultless run has neither client nor work.');
    await prepareOutput(run.files);
    announce(run, connection, checked);
    return await work(run, client, checked.work);
  } catch (error) {
    return await endWithError(run, client, error);
  } finally {
    await client?.close();
  }
}

async function work(run: RunContext, client: VeracodeClient, doWork: NonNullable<CheckedWork['work']>): Promise<RunResult> {
  const { signal } = run.input;
  const finished = new AbortController();
  const expiry = lookUpExpiry(client, signal === undefined ? finished.signal : AbortSignal.any([signal, finished.signal])).then((notice) => {
    if (notice !== null) run.emit({ type: 'expiry', ...notice });
  });
  try {
    const outcome = await doWork(client, {
      reportFile: run.files.report,
      deadline: run.deadline,
      saveState: run.stateFile.save,
      onProgress: run.emit,
      ...(signal === undefined ? {} : { signal }),
    });
    return outcome.kind === 'proven' ? await endJudged(run, outcome) : await endSubmitted(run, outcome);
  } finally {
    await expiry;
    finished.abort();
  }
}

function announce(run: RunContext, { choice, hosts }: Connection, { warnings, notices }: CheckedWork): void {
  if ('error' in choice) return;
  const { source, credentials } = choice.found;
  run.emit({ type: 'credentials', source, platformUrl: hosts.xmlBaseUrl, region: run.options.region ?? credentials.region });
  for (const message of [...run.input.options.notices, ...notices]) run.emit({ type: 'notice', message });
  for (const message of [...choice.found.warnings, ...warnings]) run.emit({ type: 'warning', message });
}

function credentialIssue({ message, advice }: { readonly message: string; readonly advice: string | undefined }): ValidationIssue {
  return { path: 'credentials', got: message, wanted: advice ?? 'a usable pair' };
}
