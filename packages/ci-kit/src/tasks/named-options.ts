import type { ValidationIssue } from '@verapipe/core';

import type { CheckedWork } from '../run/check-input.js';
import type { RunContext } from '../run/run-context.js';

/** Options that hold a name. */
type NameOption = 'app' | 'sandbox';

/**
 * Work that needs names: an absent one is a fault of the input.
 *
 * @param names - what must be given
 * @param work - made from the names, once all of them are there
 */
export function withNames<N extends NameOption, W>(run: RunContext, names: readonly N[], work: (given: Readonly<Record<N, string>>) => W): CheckedWork<W> {
  const issues: ValidationIssue[] = [];
  const given: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = run.options[name];
    if (value === null || value.trim() === '') issues.push({ path: name, got: 'nothing', wanted: WANTED[name] });
    else given[name] = value;
  }
  return { issues, warnings: [], notices: [], work: issues.length > 0 ? null : work(given as Readonly<Record<N, string>>) };
}

const WANTED: Readonly<Record<NameOption, string>> = {
  app: 'the name of an application profile',
  sandbox: 'the name of a development sandbox',
};
