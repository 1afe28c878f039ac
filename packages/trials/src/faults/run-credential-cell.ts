import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runCreateServiceAccount, runCredentialsGenerate, runCredentialsRevoke, runCredentialsRotate } from '@verapipe/ci-kit';

import { type Cell, faultsOf } from './cells.js';
import { callsIn, type FaultWorld, inFaultWorld } from './fault-world.js';
import { giveCommand } from './give-command.js';
import type { CredentialVariant } from './credential-variants.js';
import type { JudgedCell } from './judge-cell.js';
import { judgeCredentialCell, type CredentialMoment, HAS_PAIR } from './judge-credential-cell.js';

const COMMANDS: Readonly<Partial<Record<CredentialVariant['command'], typeof runCredentialsRotate>>> = {
  'credentials rotate': runCredentialsRotate,
  'credentials generate': runCredentialsGenerate,
  'credentials revoke': runCredentialsRevoke,
  'credentials create-service-account': runCreateServiceAccount,
};

/**
 * Runs a command through one fault, and then, should it have failed, once more without.
 *
 * @param folder - the workspace; emptied first
 */
export async function runCredentialCell(cell: Cell, variant: CredentialVariant, folder: string): Promise<JudgedCell> {
  return inFaultWorld(variant.scenario, folder, async (world) => {
    world.emulator.faults.set(...faultsOf(cell));
    const end = await runCommand(world, variant, 17);
    world.emulator.faults.clear();
    const next = end.exitCode === 0 ? null : await runCommand(world, variant, 18);
    const remedy = next?.exitCode === HAS_PAIR && variant.remedy !== undefined ? await runCommand(world, variant.remedy, 19) : null;
    return judgeCredentialCell({ cell, variant, end, next, remedy });
  });
}

/** The calls that a command makes when nothing goes wrong, in order. */
export async function credentialCallsOf(variant: CredentialVariant, folder: string): Promise<readonly string[]> {
  return inFaultWorld(variant.scenario, folder, async (world) => {
    await runCommand(world, variant, 17);
    return callsIn(world);
  });
}

async function runCommand(world: FaultWorld, { command: name, settings }: Pick<CredentialVariant, 'command' | 'settings'>, seed: number): Promise<CredentialMoment> {
  const run = COMMANDS[name];
  if (run === undefined) throw new Error(`${name} is no command that changes credentials`);
  const exitCode = await giveCommand(world, { name, run, settings }, seed);
  const file = await readFile(join(world.folder, '.veracode', 'credentials'), 'utf8').catch(() => '');
  const { emulator } = world;
  return { exitCode, snapshot: emulator.snapshot(), journal: emulator.journal(), newest: emulator.credentialsNow(), file };
}
