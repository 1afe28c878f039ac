import { isVeracodeError, rehearseWrite, type RehearsalOutcome } from '@verapipe/core';

import { quoteArgument } from '../../run/quote-argument.js';
import { type Check, type CheckResult, failure, ok, skipped } from '../check.js';
import type { PreflightContext } from '../preflight-context.js';
import { REHEARSAL_PREFIX, rehearsalOf, withRehearsalFile } from '../rehearsal.js';
import { hasApplication, NO_PROFILE_YET } from './application.js';

/** Rehearses what a scan writes, in a sandbox of its own that is removed whatever happens. */
export const write: Check = {
  id: 'write',
  title: 'Write path',
  needs: ['roles', 'application', 'sandboxes-left'],
  purposes: ['scan', 'sandbox'],
  async run(context) {
    const { run } = context;
    if (!run.options.write) return skipped('not asked for (--write)');
    if (context.run.options.app === null) return skipped('no --app is given');
    if (!(await hasApplication(context))) return skipped(NO_PROFILE_YET);
    const { found: application } = await context.application();
    return withRehearsalFile(async (artifact) => {
      const rehearsal = rehearsalOf(run, application, artifact);
      return resultOf(context, await rehearseWrite(context.calling(), rehearsal), rehearsal.sandboxName);
    });
  },
};

function resultOf({ run }: PreflightContext, { done, failure: failed, leftover }: RehearsalOutcome, sandboxName: string): CheckResult {
  // Said in any case: a cancelled run has no list of checks.
  const left = leftover === null ? null : `The sandbox "${sandboxName}" may be left. Remove it: ${removal(run)}`;
  if (left !== null) run.emit({ type: 'warning', message: left });
  if (failed === null) return ok(`rehearsed and removed: ${done.join(', ')}`);
  const { step, error } = failed;
  if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
  const kept = left === null ? 'Nothing of the rehearsal is left.' : left;
  return failure(`"${step}" failed${done.length === 0 ? '' : ` after ${done.join(', ')}`}: ${error.message}`, error.advice === undefined ? kept : `${error.advice} ${kept}`);
}

function removal({ options, input }: PreflightContext['run']): string {
  const { app, platformUrl, region, profile, caFile } = options;
  const given = { app, prefix: REHEARSAL_PREFIX, 'platform-url': platformUrl, region, profile, 'ca-file': caFile };
  const words = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, quoteArgument(value, input.platform)]));
  return ['verapipe sandbox sweep', ...words, '--apply'].join(' ');
}
