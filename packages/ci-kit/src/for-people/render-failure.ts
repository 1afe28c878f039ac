import type { ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import type { FailureExitCode } from '../exit-codes.js';
import type { RunFailure } from '../run/run-result.js';
import type { Paint } from './paint.js';

/** How options are written where the command was started: `--poll-interval`, or `pollInterval`. @public */
export interface OptionSpelling {
  /** The option, variable or part of the input that a fault is about. */
  readonly placeOf: (issue: Pick<ValidationIssue, 'path' | 'got'>) => string;
  /** An option by its name in kebab-case. */
  readonly spell: (name: string) => string;
  /** What tells all of them, as a sentence. */
  readonly advice: string;
}

/** How a failure is shown. @public */
export interface FailureLook {
  readonly paint: Paint;
  readonly spelling: OptionSpelling;
}

/** What happened, what was being tried, what to do next; every line ended. @public */
export function renderFailure({ failure, exitCode }: { readonly failure: RunFailure; readonly exitCode: FailureExitCode }, look: FailureLook): string {
  const title = look.paint(exitCode === 8 ? 'warning' : 'bad', exitCode === 8 ? 'Skipped' : exitCode === 130 ? 'Cancelled' : 'Error');
  return ['\n', ...failureLines(failure, title, look.spelling)].join('');
}

function failureLines(failure: RunFailure, title: string, spelling: OptionSpelling): readonly string[] {
  const { issues, message, tried, advice, stack } = failure;
  if (issues.length > 0) {
    const count = issues.length === 1 ? 'one fault' : `${issues.length} faults`;
    return [
      `${title}: the input has ${count}; nothing was sent.\n`,
      ...issues.map((issue) => `  ${faultLine(issue, spelling)}\n`),
      `Next: ${spelling.advice}\n`,
    ];
  }
  return [
    `${title}: ${printable(message)}\n`,
    tried === null ? '' : `Tried: ${printable(tried)}\n`,
    advice === null ? '' : `Next: ${printable(advice)}\n`,
    stack === null ? '' : `${stack.split('\n').map(printable).join('\n')}\n`,
  ];
}

function faultLine(issue: ValidationIssue, { placeOf, spell }: OptionSpelling): string {
  const { path, got, wanted } = issue;
  // What is wrong with credentials are sentences already.
  if (path === 'credentials') return `credentials: ${printable(got)} ${printable(wanted)}`;
  const near = got === 'an unknown option' ? /^perhaps "(.+)"$/u.exec(wanted)?.[1] : undefined;
  if (near !== undefined) return `${placeOf(issue)}: got an unknown option; did you mean ${spell(near)}?`;
  return `${placeOf(issue)}: got ${printable(got)}; wanted ${printable(wanted)}`;
}
