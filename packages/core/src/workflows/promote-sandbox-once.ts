import { promoteSandboxProfile } from '../api/rest/sandboxes.js';
import { getBuildInfo, listBuilds } from '../api/xml/builds.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import type { Build, BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import type { SandboxProfile } from '../domain/sandbox.js';
import { ConflictError, DeadlineError, NotFoundError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import { asRefusal } from './as-refusal.js';
import { changeOnce } from './change-once.js';
import { removeSandbox } from './remove-sandbox.js';
import type { CallingRun } from './run.js';

/** Pauses between reads of the list, until the copy must show: about four minutes in all, for each is twice the one before. */
const PAUSES = 7;
const FIRST_PAUSE_MS = 2000;

/** Which sandbox is promoted. @public */
export interface PromotionRequest {
  readonly application: Pick<ApplicationProfile, 'guid' | 'applicationId' | 'name'>;
  readonly sandbox: Pick<SandboxProfile, 'guid' | 'sandboxId' | 'name'>;
  /** Delete the sandbox afterwards. */
  readonly deleteSandbox: boolean;
}

/** A scan of a sandbox that is a policy scan now. @public */
export interface Promotion {
  /** The scan of the sandbox. */
  readonly from: { readonly id: string; readonly name: string };
  /** The policy scan that it became. */
  readonly to: { readonly id: string; readonly name: string };
}

/**
 * Makes the newest finished scan of a sandbox the newest policy scan, exactly once, and proves it by the list of policy
 * scans, where the copy shows up after a while. A scan that was promoted before is not promoted again: that is done.
 *
 * The platform answers a promotion with the sandbox and says nothing of the copy. The proof is a policy scan that is
 * younger than the sandbox's scan, with its name and the word that the platform appends. Names are unique in an
 * application, so it is the copy of no other scan.
 *
 * @throws NotFoundError `nothing-to-promote`; DeadlineError `promotion-not-shown`; ConflictError `unfinished-scan`; RefusedError (the platform's reasons:
 *   older than 60 days, an unfinished policy scan); the errors of the calls
 * @public
 */
export async function promoteSandboxOnce(run: CallingRun, request: PromotionRequest): Promise<Promotion> {
  const { application, sandbox, deleteSandbox } = request;
  const { applicationId } = application;
  const from = await getBuildInfo(run.client, { applicationId, sandboxId: sandbox.sandboxId }, run.call);
  if (from === null) throw nothingToPromote(request);
  if (phaseOf(from.status) !== 'finished') throw unfinishedScan(request, from);
  const findCopy = async (call: CallOptions): Promise<Build | undefined> =>
    (await listBuilds(run.client, { applicationId, sandboxId: null }, call)).find((build) => isCopyOf(from, build));

  const earlier = await findCopy(run.call);
  if (earlier !== undefined) {
    if (deleteSandbox) await removeSandbox(run, request);
    return promotion(from, earlier);
  }
  const to = await changeOnce<Build | 'answered'>(run, {
    async act(call) {
      await asRefusal(promoteSandboxProfile(run.client, { applicationGuid: application.guid, sandboxGuid: sandbox.guid, deleteOnPromote: deleteSandbox }, call));
      return 'answered';
    },
    readBack: findCopy,
    // The second time is refused, they say; as the copy shows late, it is looked for before that is tried.
    repeat: 'doubled',
    showsLate: true,
  });
  return promotion(from, to === 'answered' ? await waitForCopy(run, request, findCopy) : to);
}

function promotion(from: Build, to: Build): Promotion {
  return { from: { id: from.id, name: from.name }, to: { id: to.id, name: to.name } };
}

/**
 * The word that the platform appends stands right behind the name, once: the copy of "nightly-2" is not that of "nightly".
 *
 * @see docs.veracode.com "Promote a Sandbox Scan"
 */
const APPENDED = /^[^\p{L}\p{N}]*promoted(?!.*promoted)/iu;

function isCopyOf(from: Build, { id, name }: Build): boolean {
  return BigInt(id) > BigInt(from.id) && name.startsWith(from.name) && APPENDED.test(name.slice(from.name.length));
}

/** The platform goes on after its answer. */
async function waitForCopy(
  run: CallingRun,
  { sandbox, application }: PromotionRequest,
  findCopy: (call: CallOptions) => Promise<Build | undefined>,
): Promise<Build> {
  for (let pauses = 0; ; pauses += 1) {
    const copy = await findCopy(run.call);
    if (copy !== undefined) return copy;
    if (pauses === PAUSES) break;
    await run.client.clock.sleep(FIRST_PAUSE_MS * 2 ** pauses, run.call.signal);
  }
  throw new DeadlineError(`The platform accepted the promotion of sandbox "${sandbox.name}", but the policy scans of "${application.name}" do not show it yet.`, {
    code: 'promotion-not-shown',
    advice: 'Do not promote again. Look at the policy scans of the profile in some minutes.',
  });
}

function nothingToPromote({ sandbox }: PromotionRequest): NotFoundError {
  return new NotFoundError(`Sandbox "${sandbox.name}" has no scan, so there is nothing to promote.`, {
    code: 'nothing-to-promote',
    advice: 'Scan in the sandbox first.',
  });
}

function unfinishedScan({ sandbox }: PromotionRequest, { name, id, statusText }: BuildInfo): ConflictError {
  return new ConflictError(`The newest scan of sandbox "${sandbox.name}", "${name}" (build ${id}), is not finished: "${statusText}".`, {
    code: 'unfinished-scan',
    advice: 'Wait for it, or delete it; only the newest scan of a sandbox can be promoted.',
  });
}
