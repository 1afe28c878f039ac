import { createSandbox, listSandboxes } from '../api/xml/sandboxes.js';
import type { Sandbox } from '../domain/sandbox.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { changeOnce } from './change-once.js';
import { findByName, notFoundByName } from './resolve-by-name.js';
import type { ScanRun } from './run.js';
import type { BuildPlace } from './scan-outcome.js';
import type { NamedPlace } from './scan-state.js';

/** Finds the sandbox of a run, or creates it when the request says so; null for the policy context. */
export async function resolveSandbox(run: ScanRun, application: BuildPlace['application']): Promise<BuildPlace['sandbox']> {
  const choice = await chooseSandbox(run, application);
  if (choice.use === 'none') return null;
  if (choice.use === 'resumed') return choice.sandbox;
  const sandbox = choice.use === 'found' ? choice.sandbox : await create(run, application.id, choice.name);
  await run.record('sandbox', 'done', { sandbox });
  run.emit({ type: 'sandbox', ...sandbox });
  return sandbox;
}

/** How a run comes by its sandbox. */
export type SandboxChoice =
  /** It scans in the policy context. */
  | { readonly use: 'none' }
  /** The state has it, and nobody was about to delete it. */
  | { readonly use: 'resumed'; readonly sandbox: NamedPlace }
  | { readonly use: 'found'; readonly sandbox: NamedPlace }
  | { readonly use: 'create'; readonly name: string };

/**
 * Decides how a run comes by its sandbox; changes nothing, so that a plan decides the same.
 *
 * @throws NotFoundError `name-not-found`; ConflictError `ambiguous-name`
 */
export async function chooseSandbox(run: ScanRun, application: BuildPlace['application']): Promise<SandboxChoice> {
  const wanted = run.request.sandbox;
  if (wanted === null) return { use: 'none' };
  const { sandbox: resumed, step } = run.state();
  // Whether a deletion that was begun took effect is for the platform to say.
  if (resumed !== null && step !== 'delete-sandbox') return { use: 'resumed', sandbox: resumed };

  run.emit({ type: 'phase', phase: 'sandbox' });
  // A profile that was made a moment ago has none; one that an earlier process made may have.
  const isFresh = application.created && step === 'application';
  const found = await findRequestedSandbox(run, { ...application, created: isFresh }, wanted);
  if (found === undefined) return { use: 'create', name: wanted.name };
  return { use: 'found', sandbox: { id: found.id, name: found.name, created: resumed?.created === true && resumed.id === found.id } };
}

/**
 * Looks for the sandbox that a request names.
 *
 * @returns undefined when there is none, and the request wants it created
 * @throws NotFoundError `name-not-found`; ConflictError `ambiguous-name`
 */
async function findRequestedSandbox(
  run: ScanRun,
  application: BuildPlace['application'],
  wanted: NonNullable<ScanRequest['sandbox']>,
): Promise<Sandbox | undefined> {
  const sandboxes = application.created ? [] : await listSandboxes(run.client, { applicationId: application.id }, run.call);
  const match = findByName('sandbox', wanted.name, sandboxes);
  if (match !== undefined || wanted.create) return match?.found;
  throw notFoundByName(
    `sandbox "${wanted.name}" in application profile "${application.name}"`,
    wanted.name,
    sandboxes,
    'Check the name, or let the run create the sandbox (--create-sandbox).',
  );
}

/** A sandbox that is only found afterwards may be somebody else's: the run does not call it its own. */
async function create(run: ScanRun, applicationId: string, name: string): Promise<NamedPlace> {
  await run.record('sandbox', 'began', { sandbox: null });
  const place = ({ id, name: itsName }: Sandbox, created: boolean): NamedPlace => ({ id, name: itsName, created });
  return changeOnce<NamedPlace>(run, {
    act: async (call) => place(await createSandbox(run.client, { applicationId, name }, call), true),
    async readBack(call) {
      const match = findByName('sandbox', name, await listSandboxes(run.client, { applicationId }, call));
      return match === undefined ? undefined : place(match.found, false);
    },
    // It is not documented that a used name is refused: a blind repeat could make a twin.
    repeat: 'doubled',
    showsLate: true,
  });
}
