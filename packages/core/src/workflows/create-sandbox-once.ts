import { createSandboxProfile, findSandboxProfilesByName } from '../api/rest/sandboxes.js';
import type { SandboxProfile } from '../domain/sandbox.js';
import { asRefusal } from './as-refusal.js';
import { changeOnce } from './change-once.js';
import type { SandboxSearch } from './locate.js';
import { findByName } from './resolve-by-name.js';
import type { CallingRun } from './run.js';

/** The sandbox that there is now. @public */
export interface EnsuredSandbox {
  readonly sandbox: SandboxProfile;
  /** False when it was there before. */
  readonly created: boolean;
}

/**
 * Creates a sandbox unless one of that name is there, in whatever case; whatever happens to the answers, at most one.
 *
 * @throws RefusedError (the limit of sandboxes is reached), ConflictError `ambiguous-name`, and the errors of the calls
 * @public
 */
export async function createSandboxOnce(run: CallingRun, { application, name }: SandboxSearch): Promise<EnsuredSandbox> {
  const place = { applicationGuid: application.guid, name };
  const find = async (call = run.call): Promise<SandboxProfile | undefined> =>
    findByName('sandbox', name, await findSandboxProfilesByName(run.client, place, call))?.found;
  const found = await find();
  if (found !== undefined) return { sandbox: found, created: false };
  const sandbox = await changeOnce<SandboxProfile>(run, {
    act: (call) => asRefusal(createSandboxProfile(run.client, { applicationGuid: application.guid, fields: { name } }, call)),
    readBack: find,
    // It is not documented that a used name is refused: a blind repeat could make a twin.
    repeat: 'doubled',
    showsLate: true,
  });
  return { sandbox, created: true };
}
