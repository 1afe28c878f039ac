import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { runInChildren } from '../world/run-in-children.js';
import { type CellSelection, selectedCells } from './cells.js';
import type { JudgedCell } from './judge-cell.js';
import { mustHeal } from './must-heal.js';
import { describeCell, renderMatrix } from './render-matrix.js';

const USAGE = `faults [--subset] [--only TEXT] [--json]

Every call of the upload-and-scan workflow, of the pipeline scan and of making and promoting a sandbox, and of every
change of credentials and accounts, through every fault of the wire, once and twice in a row; calls that are made several
times also at a later one; every change of a scan also with its answer lost and reads that lag behind.
--subset takes the fixed selection that continuous integration has time for, --only the cells with the text in "variant, operation, fault".
`;

/** @returns the exit code: 0 when every cell is healed that can be and none is wrong, 1 otherwise, 2 for wrong input */
export async function faults(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const startedMs = performance.now();
  const cells = await runAll(options);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  const count = (outcome: JudgedCell['outcome']): number => cells.filter((cell) => cell.outcome === outcome).length;
  const given = givenUp(cells);
  if (options.json) process.stdout.write(`${JSON.stringify({ cells: cells.map(toJson) }, null, 2)}\n`);
  else process.stdout.write(renderMatrix(cells));
  process.stderr.write(`${cells.length} cells: ${count('healed')} healed, ${count('loud')} loud, ${count('WRONG')} WRONG, in ${seconds} s\n`);
  if (given.length > 0) process.stderr.write(`${given.length} of the loud cells had to be healed:\n${given.map((cell) => `  ${describeCell(cell)}\n`).join('')}`);
  return count('WRONG') + given.length === 0 ? 0 : 1;
}

/** Cells that ended loudly where a repeat would have helped. Pure. */
export function givenUp(cells: readonly JudgedCell[]): readonly JudgedCell[] {
  return cells.filter((cell) => cell.outcome === 'loud' && mustHeal(cell));
}

function readArguments(args: readonly string[]): (CellSelection & { readonly json: boolean }) | null {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ args: [...args], options: { subset: flag, only: { type: 'string', default: '' }, json: flag } }).values;
  } catch {
    return null;
  }
}

/** Child number `index` of `children` takes every so manyth cell. */
async function runAll(selection: CellSelection): Promise<readonly JudgedCell[]> {
  const children = availableParallelism();
  const argumentLists = Array.from({ length: children }, (_, index) => [JSON.stringify(selection), String(index), String(children)]);
  const parts = (await runInChildren('main-faults-child.js', argumentLists, children)) as readonly (readonly JudgedCell[])[];
  return selectedCells(selection).flatMap((_, position) => parts[position % children]?.[Math.floor(position / children)] ?? []);
}

function toJson({ variant, operation, nth, fault, times, outcome, exitCode }: JudgedCell): Omit<JudgedCell, 'why'> {
  return { variant, operation, nth, fault, times, outcome, exitCode };
}
