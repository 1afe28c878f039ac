import type { FailureExitCode, RunFailure } from '@verapipe/ci-kit';
import type { ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { optionOfPath } from './option-of-path.js';
import type { Paint } from './paint.js';

/** How a failure is shown. */
export interface FailureLook {
  readonly paint: Paint;
  /** The command that ran, for hints. */
  readonly command: string;
}

/** What happened, what was being tried, what to do next; every line ended. */
export function renderFailure({ failure, exitCode }: { readonly failure: RunFailure; readonly exitCode: FailureExitCode }, look: FailureLook): string {
  const title = look.paint(exitCode === 8 ? 'warning' : 'bad', exitCode === 8 ? 'Skipped' : exitCode === 130 ? 'Cancelled' : 'Error');
  return ['\n', ...failureLines(failure, title, look.command)].join('');
}

function failureLines(failure: RunFailure, title: string, command: string): readonly string[] {
  const { issues, message, tried, advice, stack } = failure;
  if (issues.length > 0) {
    const count = issues.length === 1 ? 'one fault' : `${issues.length} faults`;
    return [
      `${title}: the input has ${count}; nothing was sent.\n`,
      ...issues.map((issue) => `  ${faultLine(issue)}\n`),
      `Next: \`verapipe ${command} --help\` lists the options.\n`,
    ];
  }
  return [
    `${title}: ${printable(message)}\n`,
    tried === null ? '' : `Tried: ${printable(tried)}\n`,
    advice === null ? '' : `Next: ${printable(advice)}\n`,
    stack === null ? '' : `${stack.split('\n').map(printable).join('\n')}\n`,
  ];
}

function faultLine(issue: ValidationIssue): string {
  const { path, got, wanted } = issue;
  // What is wrong with credentials are sentences already.
  if (path === 'credentials') return `credentials: ${printable(got)} ${printable(wanted)}`;
  const near = got === 'an unknown option' ? /^perhaps "(.+)"$/u.exec(wanted)?.[1] : undefined;
  if (near !== undefined) return `${optionOfPath(issue)}: got an unknown option; did you mean --${near}?`;
  return `${optionOfPath(issue)}: got ${printable(got)}; wanted ${printable(wanted)}`;
}
