import { createSandbox, listSandboxes } from '../api/xml/sandboxes.js';
import type { Sandbox } from '../domain/sandbox.js';
import { changeOnce } from './change-once.js';
import { findByName, notFoundByName } from './resolve-by-name.js';
import type { ScanRun } from './run.js';
import type { BuildPlace } from './scan-outcome.js';

/** Finds the sandbox of a run, or creates it when the request says so; null for the policy context. */
export async function resolveSandbox(run: ScanRun, application: BuildPlace['application']): Promise<BuildPlace['sandbox']> {
  const wanted = run.request.sandbox;
  if (wanted === null) return null;
  const resumed = run.state().sandbox;
  if (resumed !== null) return resumed;

  run.emit({ type: 'phase', phase: 'sandbox' });
  const applicationId = application.id;
  const sandboxes = application.created ? [] : await listSandboxes(run.client, { applicationId }, run.call);
  const match = findByName('sandbox', wanted.name, sandboxes);
  if (match === undefined && !wanted.create) {
    throw notFoundByName(
      `sandbox "${wanted.name}" in application profile "${application.name}"`,
      wanted.name,
      sandboxes,
      'Check the name, or let the run create the sandbox (--create-sandbox).',
    );
  }
  const sandbox =
    match === undefined
      ? { ...(await create(run, applicationId, wanted.name)), created: true }
      : { id: match.found.id, name: match.found.name, created: false };
  await run.record('sandbox', 'done', { sandbox });
  run.emit({ type: 'sandbox', ...sandbox });
  return sandbox;
}

async function create(run: ScanRun, applicationId: string, name: string): Promise<{ id: string; name: string }> {
  await run.record('sandbox', 'began');
  const created = await changeOnce<Sandbox>(run, {
    act: (call) => createSandbox(run.client, { applicationId, name }, call),
    readBack: async (call) => findByName('sandbox', name, await listSandboxes(run.client, { applicationId }, call))?.found,
    // It is not documented that a used name is refused: a blind repeat could make a twin.
    repeat: 'harmful',
  });
  return { id: created.id, name: created.name };
}
