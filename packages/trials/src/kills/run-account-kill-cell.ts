import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type AccountChange, judgeAccountKill } from './account-changes.js';
import type { KillCell } from './kill-cell.js';
import { inKillWorld, settingArguments, startCli, startHeld, untilNothingIsLate } from './kill-world.js';

/** Kills a command that ends a pair or makes an account, and gives the same one again. */
export function runAccountKillCell(cell: KillCell, change: AccountChange, folder: string): Promise<{ readonly exitCode: number; readonly why: readonly string[] }> {
  return inKillWorld(cell, folder, async (world) => {
    const { emulator } = world;
    const cwd = join(folder, 'home');
    await mkdir(cwd, { recursive: true });
    const args = [...change.command.split(' '), ...settingArguments(change), '--platform-url', emulator.url];
    const cli = await startHeld(world, args, cwd);
    cli.process.kill('SIGKILL');
    await cli.ended;
    await untilNothingIsLate(world);
    emulator.faults.clear();
    const wasDone = emulator.journal().some(({ operation, acted }) => operation === change.change && acted);
    const { exitCode } = await startCli(world, args, cwd).ended;
    return { exitCode, why: judgeAccountKill({ change, wasDone, exitCode, journal: emulator.journal(), snapshot: emulator.snapshot() }) };
  });
}
