import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { notDoneOnce } from '../faults/judge-cell.js';
import { accountChangeOf } from './account-changes.js';
import { pairChangeOf } from './credential-changes.js';
import type { JudgedKill } from './judged-kill.js';
import type { KillCell } from './kill-cell.js';
import { inKillWorld, type KillWorld, scanArguments, startCli, startUntilMoment, writeArtifacts } from './kill-world.js';
import { killedCommandOf } from './killed-commands.js';
import { runAccountKillCell } from './run-account-kill-cell.js';
import { runCommandKillCell } from './run-command-kill-cell.js';
import { runPairKillCell } from './run-pair-kill-cell.js';
import { runSignalCell } from './run-signal-cell.js';

/** Who goes on: the same CI run, unless told otherwise. */
interface Successor {
  readonly nextRun?: number;
}

/**
 * Starts the real CLI, ends it at the moment of the cell, and goes on in the cell's way.
 *
 * @param folder - for the workspaces; emptied first
 */
export async function runKillCell(cell: KillCell, folder: string, successor: Successor = {}): Promise<JudgedKill> {
  const pair = pairChangeOf(cell);
  if (pair !== undefined) return runPairKillCell(cell, pair, folder);
  const { exitCode, why } = await endOfCell(cell, folder, successor);
  return { ...cell, outcome: why.length === 0 ? 'resumed' : 'WRONG', exitCode, why };
}

function endOfCell(cell: KillCell, folder: string, successor: Successor): Promise<Pick<JudgedKill, 'exitCode' | 'why'>> {
  const command = killedCommandOf(cell);
  if (command !== undefined) return runCommandKillCell(cell, command, folder);
  const account = accountChangeOf(cell);
  if (account !== undefined) return runAccountKillCell(cell, account, folder);
  return cell.signal === 'SIGKILL' ? inKillWorld(cell, folder, (world) => killAndGoOn(world, successor)) : runSignalCell(cell, folder);
}

async function killAndGoOn(world: KillWorld, successor: Successor): Promise<Pick<JudgedKill, 'exitCode' | 'why'>> {
  const { emulator, variant, folder } = world;
  const cli = await startUntilMoment(world, join(folder, 'first'));
  cli.process.kill('SIGKILL');
  await cli.ended;
  emulator.faults.clear();
  const exitCode = await goOn(world, successor);
  const wrong = notDoneOnce(variant, { snapshot: emulator.snapshot(), journal: emulator.journal() });
  return { exitCode, why: exitCode === 0 ? wrong : [`it ended with ${exitCode}`, ...wrong] };
}

async function goOn(world: KillWorld, { nextRun }: Successor): Promise<number> {
  const { cell, folder } = world;
  const first = join(folder, 'first');
  const second = join(folder, 'second');
  switch (cell.goingOn) {
    case 'resume':
      return endOf(world, [...scanArguments(world), '--resume'], first);
    case 'clean workspace':
      await writeArtifacts(second, cell);
      return endOf(world, scanArguments(world), second, nextRun);
    case 'wait':
      await mkdir(second);
      await copyFile(join(first, '.verapipe', 'scan.json'), join(second, 'state.json'));
      return endOf(world, ['wait', '--state', 'state.json', '--platform-url', world.emulator.url], second);
    case 'as printed':
    case 'second signal':
    case 'deleted':
    case 'not deleted':
    case 'same command':
      throw new Error(`"${cell.goingOn}" is not for a scan that is killed.`);
  }
}

async function endOf(world: KillWorld, args: readonly string[], cwd: string, run?: number): Promise<number> {
  return (await startCli(world, args, cwd, run === undefined ? {} : { run }).ended).exitCode;
}
