import type { EmulatedAccount } from '../exchange.js';
import { demandRight } from './access.js';
import { isSameName, setCustomField } from './applications.js';
import { deleteBuilds } from './build-events.js';
import { findApplication, findSandbox, liveSandboxes, type ScanContext } from './lookup.js';
import { PlatformRefusal } from './refusal.js';
import type { ApplicationRecord, DeletionRecord, SandboxRecord } from './state.js';
import { guidOf, takeId, type World } from './world.js';

/** Names of a sandbox's custom fields. */
export const sandboxCustomFields: readonly string[] = ['Custom 1', 'Custom 2', 'Custom 3', 'Custom 4', 'Custom 5'];

type LocatedSandbox = ScanContext & { readonly sandbox: SandboxRecord };

export function createSandbox(
  world: World,
  account: EmulatedAccount,
  input: { readonly applicationId: string; readonly name: string; readonly autoRecreate: boolean },
): LocatedSandbox {
  demandRight(account, 'manage-sandboxes');
  const application = findApplication(world, account, input.applicationId);
  demandFreeSandboxName(world, application, input.name);
  if (liveSandboxes(application).length >= world.scenario.settings.sandboxLimit) {
    const limit = world.scenario.settings.sandboxLimit;
    throw new PlatformRefusal(`An application can have up to ${limit} sandboxes. To create a new sandbox, you must delete one.`);
  }
  const sandbox = newSandbox(world, { ...input, owner: account.userName, atMs: world.clock.emulatedMs() });
  application.sandboxes.push(sandbox);
  return { application, sandbox };
}

/** A record; adds it nowhere. */
export function newSandbox(
  world: World,
  input: { readonly name: string; readonly owner: string; readonly autoRecreate: boolean; readonly atMs: number },
): SandboxRecord {
  const id = String(takeId(world, 'sandbox'));
  return {
    id,
    guid: guidOf('sandbox', id),
    name: input.name,
    owner: input.owner,
    autoRecreate: input.autoRecreate,
    customFields: sandboxCustomFields.map(() => ''),
    createdAtMs: input.atMs,
    modifiedAtMs: input.atMs,
    deleted: null,
  };
}

export function updateSandbox(
  world: World,
  account: EmulatedAccount,
  change: {
    readonly sandboxId: string;
    readonly name?: string;
    readonly autoRecreate?: boolean;
    readonly customField?: { readonly name: string; readonly value: string };
  },
): LocatedSandbox {
  demandRight(account, 'manage-sandboxes');
  const { application, sandbox } = findSandbox(world, account, change.sandboxId);
  if (change.name !== undefined && !isSameName(change.name, sandbox.name)) {
    demandFreeSandboxName(world, application, change.name);
  }
  if (change.customField !== undefined) {
    setCustomField(sandboxCustomFields, sandbox.customFields, change.customField);
  }
  sandbox.name = change.name ?? sandbox.name;
  sandbox.autoRecreate = change.autoRecreate ?? sandbox.autoRecreate;
  sandbox.modifiedAtMs = world.clock.emulatedMs();
  return { application, sandbox };
}

/** Deletes the sandbox and its scans. */
export function deleteSandbox(world: World, account: EmulatedAccount, sandboxId: string): LocatedSandbox {
  demandRight(account, 'manage-sandboxes');
  const located = findSandbox(world, account, sandboxId);
  removeSandbox(located, { by: account.userName, atMs: world.clock.emulatedMs() });
  return located;
}

export function removeSandbox({ application, sandbox }: LocatedSandbox, deletion: DeletionRecord): void {
  deleteBuilds(
    application.builds.filter(({ sandboxId }) => sandboxId === sandbox.id),
    deletion,
  );
  sandbox.deleted = deletion;
}

function demandFreeSandboxName(world: World, application: ApplicationRecord, name: string): void {
  const taken = liveSandboxes(application).some((sandbox) => isSameName(sandbox.name, name));
  if (taken || world.namesAreTaken) {
    throw new PlatformRefusal(`A sandbox with the name "${name}" already exists in this application.`);
  }
}
