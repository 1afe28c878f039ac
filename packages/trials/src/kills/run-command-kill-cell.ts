import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { SEGMENTS } from '../faults/judge-pipeline-cell.js';
import { taskNotDoneOnce } from '../faults/judge-task-cell.js';
import { taskVariantOf } from '../faults/task-variants.js';
import { judgePipelineKill } from './judge-pipeline-kill.js';
import type { KillCell } from './kill-cell.js';
import { entryOf, inKillWorld, type KillWorld, orEnded, settingArguments, startCli, startHeld, untilNothingIsLate } from './kill-world.js';
import { COMMAND_ARTIFACT, type KilledCommand } from './killed-commands.js';
import { openShortWire } from './short-wire.js';

/** What came of a cell: the exit code of the second process, and what is wrong. */
interface CommandEnd {
  readonly exitCode: number;
  readonly why: readonly string[];
}

/** Kills a command, and gives the same one again in the same workspace. */
export function runCommandKillCell(cell: KillCell, command: KilledCommand, folder: string): Promise<CommandEnd> {
  return inKillWorld(cell, folder, async (world) => {
    const { emulator } = world;
    const cwd = join(folder, 'first');
    await mkdir(cwd, { recursive: true });
    if (command.artifactBytes !== null) await writeFile(join(cwd, COMMAND_ARTIFACT), Buffer.alloc(command.artifactBytes, 'content of shop.jar'));
    const wire = await openShortWire(emulator.url, bytesUntilMoment(cell, command));
    try {
      const args = [...command.command.split(' '), ...settingArguments(command), '--platform-url', wire.url];
      const cli = await startHeld(world, args, cwd);
      if (cell.moment === 'amid') await orEnded(cli, wire.isHeld);
      cli.process.kill('SIGKILL');
      await cli.ended;
      const killed = new Set(emulator.snapshot().pipelineScans.map(({ id }) => id));
      emulator.faults.clear();
      wire.release();
      const { exitCode } = await startCli(world, args, cwd).ended;
      await untilNothingIsLate(world);
      return { exitCode, why: await judge(world, { exitCode, killed, cwd }) };
    } finally {
      await wire.close();
    }
  });
}

/** Up to the middle of the segment. */
function bytesUntilMoment({ moment, nth }: KillCell, { artifactBytes }: KilledCommand): number {
  return moment === 'amid' && artifactBytes !== null ? (artifactBytes / SEGMENTS) * (nth - 0.5) : Infinity;
}

interface CommandFacts {
  readonly exitCode: number;
  /** Ids of the pipeline scans that the killed process has made. */
  readonly killed: ReadonlySet<string>;
  readonly cwd: string;
}

async function judge({ emulator, cell }: KillWorld, { exitCode, killed, cwd }: CommandFacts): Promise<readonly string[]> {
  const task = taskVariantOf(cell);
  if (task === undefined) {
    const { pipelineScans: scans } = emulator.snapshot();
    const whole = cell.moment === 'amid' && entryOf({ emulator, cell })?.acted !== false ? ['the segment was not broken off'] : [];
    return [...whole, ...judgePipelineKill({ exitCode, killed, scans, written: await writtenScanId(cwd) })];
  }
  const wrong = taskNotDoneOnce(task, { snapshot: emulator.snapshot(), journal: emulator.journal() });
  return exitCode === 0 ? wrong : [`it ended with ${exitCode}`, ...wrong];
}

/** Of whose results the second process has written; null when it has written none. */
async function writtenScanId(cwd: string): Promise<string | null> {
  try {
    const { scan_id: scanId } = JSON.parse(await readFile(join(cwd, 'results.json'), 'utf8')) as { readonly scan_id: string };
    return scanId;
  } catch {
    return null;
  }
}
