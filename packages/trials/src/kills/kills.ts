import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { KillCell } from './kill-cell.js';
import { killCells } from './kill-cells.js';
import { renderKills } from './render-kills.js';
import type { JudgedKill } from './judged-kill.js';
import { runKillCell } from './run-kill-cell.js';

const USAGE = `kills [--subset] [--only TEXT] [--json]

Kills the real CLI at every step of the upload-and-scan workflow and in the middle of every upload, and goes on;
the same with a signal that it hears. Kills pipeline scans and the making and promoting of sandboxes, and gives the
same command again. Kills the commands that change credentials and accounts at every call, and at every step on files,
descriptors and commands, where the platform keeps the old pair for a day and where it ends it at once.
--subset takes the fixed selection that continuous integration has time for, --only the commands with the text in their name.
`;

/** @returns the exit code: 0 when no cell is wrong, 1 when one is, 2 for wrong input */
export async function kills(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const startedMs = performance.now();
  const cells = await runAll(killCells(options.subset).filter(({ variant }) => variant.includes(options.only)));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  const wrong = cells.filter(({ outcome }) => outcome === 'WRONG').length;
  process.stdout.write(options.json ? `${JSON.stringify({ cells: cells.map(toJson) }, null, 2)}\n` : renderKills(cells));
  const lockedOut = cells.filter(({ outcome }) => outcome === 'locked out').length;
  process.stderr.write(`${cells.length} kills: ${cells.length - wrong - lockedOut} resumed, ${lockedOut} locked out (the old pair ends at once), ${wrong} WRONG, in ${seconds} s\n`);
  return wrong === 0 ? 0 : 1;
}

function readArguments(args: readonly string[]): { readonly subset: boolean; readonly only: string; readonly json: boolean } | null {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ args: [...args], options: { subset: flag, only: { type: 'string', default: '' }, json: flag } }).values;
  } catch {
    return null;
  }
}

/** Several at once: a cell mostly waits for its processes. */
async function runAll(cells: readonly KillCell[]): Promise<readonly JudgedKill[]> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-kills-'));
  const judged: JudgedKill[] = [];
  const left = [...cells.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, cell] = next;
      judged[index] = await runKillCell(cell, join(folder, String(index)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
  await rm(folder, { recursive: true, force: true });
  return judged;
}

function toJson({ variant, step, nth, moment, signal, goingOn, outcome, exitCode }: JudgedKill): Omit<JudgedKill, 'why'> {
  return { variant, step, nth, moment, signal, goingOn, outcome, exitCode };
}
