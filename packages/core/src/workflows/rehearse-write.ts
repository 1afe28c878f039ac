import { createBuild, deleteLatestBuild, listBuilds } from '../api/xml/builds.js';
import { listFiles, uploadFile } from '../api/xml/files.js';
import { findSandboxProfilesByName } from '../api/rest/sandboxes.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import type { Build, BuildContext } from '../domain/build.js';
import type { SandboxProfile } from '../domain/sandbox.js';
import type { Artifact } from '../domain/scan-request.js';
import { createDeadline } from '../kernel/deadline.js';
import { isVeracodeError, ProtocolError } from '../kernel/errors.js';
import { changeOnce } from './change-once.js';
import { createSandboxOnce } from './create-sandbox-once.js';
import { expectBuild } from './read-build.js';
import { removeSandbox } from './remove-sandbox.js';
import type { CallingRun } from './run.js';

/** A step of a rehearsal, in the order in which they are done. @public */
export type RehearsalStep = 'create sandbox' | 'create build' | 'upload file' | 'delete build' | 'delete sandbox';

/** What is rehearsed, and where. @public */
export interface Rehearsal {
  readonly application: Pick<ApplicationProfile, 'guid' | 'applicationId' | 'name'>;
  /** Of the sandbox that is made and removed; nobody else has one of this name. */
  readonly sandboxName: string;
  readonly buildName: string;
  readonly artifact: Artifact;
}

/** How far a rehearsal came, and what it left. @public */
export interface RehearsalOutcome {
  /** Done and read back. */
  readonly done: readonly RehearsalStep[];
  /** Null when every step was done. */
  readonly failure: { readonly step: RehearsalStep; readonly error: unknown } | null;
  /** Why the sandbox may still be there; null when it is gone, or never was. */
  readonly leftover: unknown;
}

/** What clearing up may take when the run has been stopped already: CIs kill some seconds after their signal. */
const TIDY_UP_MS = 3500;
/** And when it has failed in peace. */
const UNHURRIED_TIDY_UP_MS = 60_000;

/**
 * Rehearses what a scan writes: makes a sandbox and a build in it, uploads a file, deletes the build and the sandbox.
 * Nothing is scanned. Whatever happens in the middle, also when the run is cancelled, the sandbox is looked for and
 * removed, and what is in it with it. Never throws for what the platform does.
 *
 * @public
 */
export async function rehearseWrite(run: CallingRun, rehearsal: Rehearsal): Promise<RehearsalOutcome> {
  const done: RehearsalStep[] = [];
  let step: RehearsalStep = 'create sandbox';
  try {
    const { sandbox } = await createSandboxOnce(run, { application: rehearsal.application, name: rehearsal.sandboxName });
    done.push(step);
    const context = { applicationId: rehearsal.application.applicationId, sandboxId: sandbox.sandboxId };
    step = 'create build';
    const build = await createBuildOnce(run, context, rehearsal.buildName);
    done.push(step);
    step = 'upload file';
    await uploadInto(run, { context, build, artifact: rehearsal.artifact });
    done.push(step);
    step = 'delete build';
    await deleteBuildOnce(run, context, build);
    done.push(step);
    step = 'delete sandbox';
    await removeSandbox(run, { application: rehearsal.application, sandbox });
    done.push(step);
    return { done, failure: null, leftover: null };
  } catch (error) {
    return { done, failure: { step, error }, leftover: await clearUp(run, rehearsal) };
  }
}

/** @returns why the sandbox may still be there, or null */
async function clearUp(run: CallingRun, { application, sandboxName }: Rehearsal): Promise<unknown> {
  // The time of the run may be over, and its signal given.
  const deadline = createDeadline(run.client.clock, run.call.signal?.aborted === true ? TIDY_UP_MS : UNHURRIED_TIDY_UP_MS);
  const brief: CallingRun = { client: run.client, deadline, call: { deadline } };
  try {
    const place = { applicationGuid: application.guid, name: sandboxName };
    const sandboxes: readonly SandboxProfile[] = await findSandboxProfilesByName(run.client, place, brief.call);
    for (const sandbox of sandboxes) await removeSandbox(brief, { application, sandbox });
    return null;
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    return error;
  }
}

function createBuildOnce(run: CallingRun, context: BuildContext, name: string): Promise<Build> {
  return changeOnce<Build>(run, {
    act: (call) => createBuild(run.client, { ...context, name }, call),
    readBack: async (call) => (await listBuilds(run.client, context, call)).find((build) => build.name === name),
    // One unfinished build at a time: a second one is refused.
    repeat: 'refused',
  });
}

interface RehearsedUpload {
  readonly context: BuildContext;
  readonly build: Build;
  readonly artifact: Artifact;
}

async function uploadInto(run: CallingRun, { context, build, artifact }: RehearsedUpload): Promise<void> {
  await changeOnce<true>(run, {
    async act(call) {
      const list = await uploadFile(run.client, { ...context, artifact }, call);
      expectBuild('uploadlargefile.do', list.buildId, build.id);
      if (list.files.some(({ name }) => name === artifact.name)) return true;
      throw new ProtocolError(`uploadlargefile.do was answered with a list that lacks "${artifact.name}".`, { code: 'upload-not-listed' });
    },
    async readBack(call) {
      const { files } = await listFiles(run.client, { ...context, buildId: build.id }, call);
      return files.some(({ name, uploaded }) => name === artifact.name && uploaded) ? true : undefined;
    },
    // In a sandbox of our own, which is removed: at worst the file is there twice.
    repeat: 'refused',
  });
}

/** Nobody else works in this sandbox, so its newest build is ours, or there is none any more. */
async function deleteBuildOnce(run: CallingRun, context: BuildContext, build: Build): Promise<void> {
  await changeOnce<true>(run, {
    async act(call) {
      await deleteLatestBuild(run.client, context, call);
      return true;
    },
    readBack: async (call) => ((await listBuilds(run.client, context, call)).some(({ id }) => id === build.id) ? undefined : true),
    repeat: 'refused',
  });
}
