import { createSandboxOnce } from '../workflows/create-sandbox-once.js';
import type { SandboxSearch } from '../workflows/locate.js';
import { promoteSandboxOnce, type PromotionRequest } from '../workflows/promote-sandbox-once.js';
import { removeSandbox, type SandboxRemoval } from '../workflows/remove-sandbox.js';
import type { CallingRun } from '../workflows/run.js';
import type { Plan } from './plan.js';
import { createPlanning, type Planning } from './planning.js';

/** Says what `createSandboxOnce` would do now. @throws what it would throw before its change @public */
export async function planSandboxCreation(run: CallingRun, search: SandboxSearch): Promise<Plan> {
  const planning = createPlanning(run.client);
  planning.know('application', `"${search.application.name}"`);
  await planning.change((client) => createSandboxOnce({ ...run, client }, search));
  planning.know('sandbox', `"${search.name}", ${planning.plan().steps.length === 0 ? 'which is there already' : 'to be created'}`);
  return planning.plan();
}

/** Says what `promoteSandboxOnce` would do now. @throws what it would throw before its change @public */
export async function planPromotion(run: CallingRun, request: PromotionRequest): Promise<Plan> {
  const planning = createPlanning(run.client);
  const { application, sandbox } = request;
  planning.know('application', `"${application.name}" (${application.applicationId})`);
  planning.know('sandbox', `"${sandbox.name}" (${sandbox.sandboxId})`);
  await planning.change((client) => promoteSandboxOnce({ ...run, client }, request));
  if (!isPromoting(planning)) planning.know('promotion', 'the newest scan was promoted before');
  else planning.read('getbuildlist.do', 'the policy scans show the copy');
  return planning.plan();
}

/** A sandbox that would go, and what people call it. @public */
export interface NamedRemoval extends SandboxRemoval {
  readonly sandbox: SandboxRemoval['sandbox'] & { readonly name: string };
}

/** Says what removing sandboxes one after the other would do. @public */
export async function planRemovals(run: CallingRun, removals: readonly NamedRemoval[]): Promise<Plan> {
  const planning = createPlanning(run.client);
  for (const removal of removals) await planning.change((client) => removeSandbox({ ...run, client }, removal), `sandbox "${removal.sandbox.name}"`);
  return planning.plan();
}

function isPromoting(planning: Planning): boolean {
  return planning.plan().steps.some(({ operation }) => operation.endsWith('/promote'));
}
