import { isVeracodeError } from '@verapipe/core';

import { type Check, ok, skipped, warning } from '../check.js';
import { failureOf } from '../run-checks.js';

/** Not there, not the only one, or not to be seen by an account that only submits. */
const PASSED_OVER: readonly string[] = ['NotFoundError', 'ConflictError', 'AuthorizationError'];
const WITHOUT_PROFILE = 'A pipeline scan goes on without a profile; with --apply-mitigations and --baseline-scan it needs one, by its exact name.';

/** The application profile, by its name. */
export const application: Check = {
  id: 'application',
  title: 'Application profile',
  needs: ['access'],
  purposes: ['scan', 'pipeline-scan', 'findings', 'sandbox'],
  async run({ run, purpose, application: locate }) {
    const { app, createProfile } = run.options;
    if (app === null) return skipped('no --app is given');
    try {
      const { found, exact } = await locate();
      if (!exact) return warning(`"${found.name}" is used for "${app}"`, 'Write the name as the platform has it.');
      return ok(`"${found.name}" is there (${found.guid})`);
    } catch (error) {
      if (purpose === 'pipeline-scan' && isVeracodeError(error) && PASSED_OVER.includes(error.name)) return warning(error.message, WITHOUT_PROFILE);
      if (!isVeracodeError(error) || error.code !== 'name-not-found') throw error;
      if (!createProfile) return failureOf(error);
      const near = / Near: .+$/u.exec(error.message)?.[0] ?? '';
      if (near === '') return ok(`"${app}" is not there yet and will be created`);
      return warning(`"${app}" is not there yet and will be created.${near}`, 'Make sure that none of those is meant.');
    }
  },
};

/** Said by checks that look into a profile which a run would only make. */
export const NO_PROFILE_YET = 'there is no profile yet to look into';

/** True where an application is given and there. */
export async function hasApplication({ run, application: locate }: Parameters<Check['run']>[0]): Promise<boolean> {
  if (run.options.app === null) return false;
  try {
    await locate();
    return true;
  } catch (error) {
    if (isVeracodeError(error) && error.code === 'name-not-found') return false;
    throw error;
  }
}
