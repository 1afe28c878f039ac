import { runSandboxCreate, runSandboxPromote } from '@verapipe/ci-kit';

import { type Cell, faultsOf } from './cells.js';
import { callsIn, type FaultWorld, inFaultWorld } from './fault-world.js';
import { giveCommand } from './give-command.js';
import type { JudgedCell } from './judge-cell.js';
import { judgeTaskCell, type TaskMoment } from './judge-task-cell.js';
import type { TaskVariant } from './task-variants.js';

const COMMANDS = { 'sandbox create': runSandboxCreate, 'sandbox promote': runSandboxPromote } as const;

/**
 * Runs a command through one fault, and then, should it have failed, once more without.
 *
 * @param folder - the workspace; emptied first
 */
export async function runTaskCell(cell: Cell, task: TaskVariant, folder: string): Promise<JudgedCell> {
  return inFaultWorld(task.scenario, folder, async (world) => {
    world.emulator.faults.set(...faultsOf(cell));
    const end = await runTask(world, task, 17);
    world.emulator.faults.clear();
    const next = end.exitCode === 0 ? null : await runTask(world, task, 18);
    return judgeTaskCell({ cell, task, end, next });
  });
}

/** The calls that a command makes when nothing goes wrong, in order. */
export async function taskCallsOf(task: TaskVariant, folder: string): Promise<readonly string[]> {
  return inFaultWorld(task.scenario, folder, async (world) => {
    await runTask(world, task, 17);
    return callsIn(world);
  });
}

async function runTask(world: FaultWorld, { name, settings }: TaskVariant, seed: number): Promise<TaskMoment> {
  const exitCode = await giveCommand(world, { name, run: COMMANDS[name], settings }, seed);
  return { exitCode, snapshot: world.emulator.snapshot(), journal: world.emulator.journal() };
}
