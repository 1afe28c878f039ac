import { createRunRedactor, describeFailure } from '@verapipe/ci-kit';
import type { Env } from '@verapipe/core';
import { printable } from '@verapipe/reports';

/** Our own bug, with how to report it; without the secrets of the environment. */
export function renderCrash(error: unknown, env: Env): string {
  const { failure } = describeFailure(error, createRunRedactor(env));
  const stack = (failure.stack ?? '').split('\n').map(printable).join('\n');
  return `\nError: ${printable(failure.message)}\nNext: ${failure.advice ?? ''}\n${stack}\n`;
}
