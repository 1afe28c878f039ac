import { AbortedError, isVeracodeError, type ErrorContext, type Redactor, type ValidationIssue } from '@verapipe/core';

import { exitCodeOf, type FailureExitCode } from '../exit-codes.js';
import type { RunFailure } from './run-result.js';

/** A failure for people, and its exit code. */
export interface DescribedFailure {
  readonly exitCode: FailureExitCode;
  readonly failure: RunFailure;
}

const BUG_ADVICE =
  'This is a bug of verapipe. Please report it with this output, the version and the command (without credentials); --debug shows more.';

/** What an error that ends a run means to people. Every text goes through the redactor. Pure. */
export function describeFailure(error: unknown, redact: Redactor): DescribedFailure {
  const exitCode = exitCodeOf(error);
  if (!isVeracodeError(error)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { exitCode, failure: { code: 'internal-error', message: redact(message), advice: BUG_ADVICE, issues: [], tried: null, stack: redact(stack) } };
  }
  const issues = issuesOf(error).map(({ path, got, wanted }) => ({ path, got: redact(got), wanted: redact(wanted) }));
  return {
    exitCode,
    failure: {
      code: error.code,
      message: redact(error.message),
      advice: error.advice === undefined ? null : redact(error.advice),
      issues,
      tried: redactNullable(triedText(error.context), redact),
      stack: null,
    },
  };
}

/** Whatever failed after the signal was given failed because of it. */
export function cancelled(reason: unknown): AbortedError {
  const text = typeof reason === 'string' ? ` (${reason})` : '';
  return new AbortedError(`The run was cancelled${text}.`, { code: 'cancelled' });
}

/** Asks for the property and not for the class: there may be two copies of it. */
function issuesOf(error: object): readonly ValidationIssue[] {
  return 'issues' in error && Array.isArray(error.issues) ? (error.issues as readonly ValidationIssue[]) : [];
}

function triedText({ operation, method, url, status, attempts, conversationId }: ErrorContext): string | null {
  const call = operation ?? ([method, url].filter((part) => part !== undefined).join(' ') || null);
  const parts = [
    call,
    status === undefined ? null : `status ${status}`,
    attempts === undefined ? null : `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    conversationId === undefined ? null : `conversation id ${conversationId}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function redactNullable(text: string | null, redact: Redactor): string | null {
  return text === null ? null : redact(text);
}
