import { listBuilds } from '../api/xml/builds.js';
import { deleteSandbox, listSandboxes } from '../api/xml/sandboxes.js';
import { changeOnce } from './change-once.js';
import type { Run } from './run.js';
import type { NamedPlace } from './scan-state.js';

/** What became of a sandbox that was to go. `in-use`: another build is in it. */
export type SandboxDeletion = 'deleted' | 'in-use';

/** Which sandbox, and what may have been in it. */
export interface OwnSandbox {
  readonly applicationId: string;
  readonly sandbox: NamedPlace;
  /** The build that the run has deleted; lists may still show it. */
  readonly deletedBuildId: string;
}

/**
 * Deletes the sandbox that a failed run made for its one build, once that build is gone.
 *
 * Its builds are read just before every attempt: whatever else is in it belongs to somebody else, and then it stays.
 * The state forgets the sandbox, so that whoever resumes makes a new one.
 */
export async function deleteOwnSandbox(run: Run, { applicationId, sandbox, deletedBuildId }: OwnSandbox): Promise<SandboxDeletion> {
  await run.record('delete-sandbox', 'began');
  const deletion = await changeOnce<SandboxDeletion>(run, {
    async act(call) {
      const builds = await listBuilds(run.client, { applicationId, sandboxId: sandbox.id }, run.call);
      if (builds.some(({ id }) => id !== deletedBuildId)) return 'in-use';
      await deleteSandbox(run.client, { sandboxId: sandbox.id }, call);
      return 'deleted';
    },
    async readBack(call) {
      const sandboxes = await listSandboxes(run.client, { applicationId }, call);
      return sandboxes.some(({ id }) => id === sandbox.id) ? undefined : 'deleted';
    },
    // The call names the sandbox by its id, which is never given again.
    repeat: 'refused',
  });
  await run.record('delete-sandbox', 'done', deletion === 'deleted' ? { sandbox: null } : {});
  if (deletion === 'deleted') run.emit({ type: 'sandbox-deleted', id: sandbox.id, name: sandbox.name });
  return deletion;
}
