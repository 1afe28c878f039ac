import type { BuildContext } from '../domain/build.js';

/** Ids that the platform gives out only once something is made. */
export const NEW_APPLICATION = '{application}';
export const NEW_SANDBOX = '{sandbox}';
/** The same sandbox, as the REST API calls it. */
export const NEW_SANDBOX_GUID = '{sandbox_guid}';

/** True for a context that is still to be made, so that there is nothing to read in it. */
export function isToBeMade({ applicationId, sandboxId }: BuildContext): boolean {
  return applicationId === NEW_APPLICATION || sandboxId === NEW_SANDBOX;
}
