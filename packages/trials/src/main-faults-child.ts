import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { allCells } from './faults/cells.js';
import type { JudgedCell } from './faults/judge-cell.js';
import { runCell } from './faults/run-cell.js';
import { ramFolder } from './world/ram-folder.js';

const [subset = 'false', index = '0', children = '1'] = process.argv.slice(2);
const folder = await mkdtemp(join(ramFolder(), 'verapipe-faults-'));
const judged: JudgedCell[] = [];
for (const [position, cell] of allCells(subset === 'true').entries()) {
  if (position % Number(children) === Number(index)) judged.push(await runCell(cell, folder));
}
await rm(folder, { recursive: true, force: true });
process.send?.(judged);
