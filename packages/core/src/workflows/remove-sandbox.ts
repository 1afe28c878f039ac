import { deleteSandboxProfile } from '../api/rest/sandboxes.js';
import { getBuildInfo } from '../api/xml/builds.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import { type BuildPhase, phaseOf } from '../domain/build-status.js';
import type { SandboxProfile } from '../domain/sandbox.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** States in which nobody waits for the platform. */
const IDLE: ReadonlySet<BuildPhase> = new Set<BuildPhase>(['editing', 'prescanned', 'failed', 'finished']);

/** Which sandbox is looked at. @public */
export interface SandboxRemoval {
  readonly application: Pick<ApplicationProfile, 'guid' | 'applicationId'>;
  readonly sandbox: Pick<SandboxProfile, 'guid' | 'sandboxId'>;
}

/**
 * Says what keeps a sandbox from being removed: a scan that somebody waits for. What nobody has begun, or has left half
 * done, is no reason to keep it.
 *
 * @returns the status of the scan, in the platform's words; null when nothing is in the way
 * @throws the errors of the call
 * @public
 */
export async function awaitedScanIn(run: CallingRun, { application, sandbox }: SandboxRemoval): Promise<string | null> {
  const build = await getBuildInfo(run.client, { applicationId: application.applicationId, sandboxId: sandbox.sandboxId }, run.call);
  if (build === null) return null;
  return IDLE.has(phaseOf(build.status)) ? null : build.statusText;
}

/**
 * Removes a sandbox with its scans and findings, which cannot be undone.
 *
 * @returns `gone` when somebody else removed it meanwhile, or a lost answer hid that we did
 * @throws AuthorizationError, and the errors of the transport
 * @public
 */
export async function removeSandbox(run: CallingRun, { application, sandbox }: SandboxRemoval): Promise<'removed' | 'gone'> {
  try {
    await deleteSandboxProfile(run.client, { applicationGuid: application.guid, sandboxGuid: sandbox.guid }, run.call);
    return 'removed';
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'NotFoundError') return 'gone';
    throw error;
  }
}
