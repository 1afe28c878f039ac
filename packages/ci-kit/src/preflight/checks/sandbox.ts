import { findByName, nearestNames } from '@verapipe/core';

import { type Check, failure, ok, skipped, warning } from '../check.js';
import { hasApplication, NO_PROFILE_YET } from './application.js';

/** The sandbox, by its name. */
export const sandbox: Check = {
  id: 'sandbox',
  title: 'Sandbox',
  needs: ['application'],
  purposes: ['scan', 'findings', 'sandbox'],
  async run(context) {
    const { sandbox: name, createSandbox } = context.run.options;
    if (name === null) return skipped('no --sandbox is given');
    if (context.run.options.app === null) return skipped('no --app is given');
    if (!(await hasApplication(context))) return skipped(NO_PROFILE_YET);
    const sandboxes = await context.sandboxes();
    const match = findByName('sandbox', name, sandboxes);
    if (match !== undefined) {
      const { found, exact } = match;
      return exact ? ok(`"${found.name}" is there (${found.guid})`) : warning(`"${found.name}" is used for "${name}"`, 'Write the name as the platform has it.');
    }
    const near = nearestNames(name, sandboxes.map((one) => one.name));
    const hint = near.length === 0 ? '' : `; near: ${near.map((other) => `"${other}"`).join(', ')}`;
    if (!createSandbox) return failure(`there is no sandbox "${name}"${hint}`, 'Check the name, or let the run create it (--create-sandbox).');
    return near.length === 0 ? ok(`"${name}" is not there yet and will be created`) : warning(`"${name}" is not there yet and will be created${hint}`, 'Make sure that none of those is meant.');
  },
};

/** Id of the sandbox that a scan would go to, or null for the policy context; undefined where it is only to be made. */
export async function sandboxIdOf({ run, sandboxes }: Parameters<Check['run']>[0]): Promise<string | null | undefined> {
  const { sandbox: name } = run.options;
  if (name === null) return null;
  return findByName('sandbox', name, await sandboxes())?.found.sandboxId;
}
