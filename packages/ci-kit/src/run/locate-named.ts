import { type ApplicationProfile, type CallingRun, locateApplication, locateSandbox, type SandboxProfile } from '@verapipe/core';

import type { RunContext } from './run-context.js';

/** Finds an application profile, and says so when only another case of the name exists. */
export async function locateNamedApplication(run: RunContext, { client, call }: CallingRun, name: string): Promise<ApplicationProfile> {
  const { found, exact } = await locateApplication(client, name, call);
  if (!exact) run.emit({ type: 'warning', message: `Application profile "${found.name}" is used for "${name}".` });
  return found;
}

/** Finds a sandbox, and says so when only another case of the name exists. */
export async function locateNamedSandbox(
  run: RunContext,
  { client, call }: CallingRun,
  { application, name }: { readonly application: ApplicationProfile; readonly name: string },
): Promise<SandboxProfile> {
  const { found, exact } = await locateSandbox(client, { application, name }, call);
  if (!exact) run.emit({ type: 'warning', message: `Sandbox "${found.name}" is used for "${name}".` });
  return found;
}
