import { createSandbox } from '../api/xml/sandboxes.js';
import { chooseSandbox } from '../workflows/resolve-sandbox.js';
import type { ScanRun } from '../workflows/run.js';
import type { NamedPlace } from '../workflows/scan-state.js';
import { NEW_SANDBOX } from './placeholders.js';
import type { Planning } from './planning.js';

/** Plans how a run comes by its sandbox; null for the policy context. */
export async function planSandbox(run: ScanRun, planning: Planning, application: NamedPlace): Promise<NamedPlace | null> {
  const choice = await chooseSandbox(run, application);
  switch (choice.use) {
    case 'none':
      return null;
    case 'resumed':
    case 'found':
      planning.know('sandbox', `"${choice.sandbox.name}" (${choice.sandbox.id})`);
      return choice.sandbox;
    case 'create':
      planning.know('sandbox', `"${choice.name}", to be created`);
      await planning.change((client) => createSandbox(client, { applicationId: application.id, name: choice.name }, run.call));
      return { id: NEW_SANDBOX, name: choice.name, created: true };
  }
}
