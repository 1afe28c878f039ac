import { credentialsFileIn, profileOf } from '@verapipe/core';

import type { RunContext } from '../run/run-context.js';

/** The credentials file of a run. */
export function profileFile({ input }: Pick<RunContext, 'input'>): string {
  return credentialsFileIn(input.homeDir);
}

/** The profile that a run reads. */
export function profileName({ input, options }: Pick<RunContext, 'input' | 'options'>): string {
  return profileOf(input.env, options.profile);
}
