import { ValidationError, type ValidationIssue, type VeracodeClient, type VeracodeError } from '@verapipe/core';

import type { Connection } from './connect.js';
import type { RunContext } from './run-context.js';

/** What a command wants to do, once everything about it has been checked. */
export interface CheckedWork<W> {
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  /** Null when there are issues. */
  readonly work: W | null;
}

/** Checks what a command was given against the platform that it goes to; sends nothing. */
export type Check<W> = (run: RunContext, connection: Connection) => Promise<CheckedWork<W>>;

/** A command whose input is faultless; `skipped` where it may do without credentials and has none. */
export type CheckedInput<W> = { readonly client: VeracodeClient; readonly work: W; announce(): void } | { readonly skipped: VeracodeError };

/**
 * Checks everything that a command was given, at once.
 *
 * @throws ValidationError with every fault; CredentialError when only the credentials are missing or wrong
 */
export async function checkInput<W>(run: RunContext, connection: Connection, check: Check<W>): Promise<CheckedInput<W>> {
  const { choice, client } = connection;
  const optionIssues = run.input.options.issues;
  if ('error' in choice && choice.missing && run.options.missingCredentials === 'skip' && optionIssues.length === 0) {
    return { skipped: choice.error };
  }
  const checked = await check(run, connection);
  const issues = [...optionIssues, ...connection.issues, ...checked.issues];
  if (issues.length > 0) throw new ValidationError('error' in choice ? [...issues, credentialIssue(choice.error)] : issues);
  if ('error' in choice) throw choice.error;
  if (client === null || checked.work === null) throw new Error('A faultless run has neither client nor work.');
  return { client, work: checked.work, announce: () => announce(run, connection, checked) };
}

/** Tells which way is taken, and what should be known before it is. */
function announce(run: RunContext, { choice, hosts }: Connection, { warnings, notices }: Omit<CheckedWork<unknown>, 'work'>): void {
  if ('error' in choice) return;
  const { source, credentials } = choice.found;
  run.emit({ type: 'credentials', source, platformUrl: hosts.xmlBaseUrl, region: run.options.region ?? credentials.region });
  for (const message of [...run.input.options.notices, ...notices]) run.emit({ type: 'notice', message });
  for (const message of [...choice.found.warnings, ...warnings]) run.emit({ type: 'warning', message });
}

function credentialIssue({ message, advice }: { readonly message: string; readonly advice: string | undefined }): ValidationIssue {
  return { path: 'credentials', got: message, wanted: advice ?? 'a usable pair' };
}
