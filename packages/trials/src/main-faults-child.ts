import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type Cell, type CellSelection, PIPELINE_VARIANT, selectedCells } from './faults/cells.js';
import { credentialVariantOf } from './faults/credential-variants.js';
import type { JudgedCell } from './faults/judge-cell.js';
import { runCell } from './faults/run-cell.js';
import { runCredentialCell } from './faults/run-credential-cell.js';
import { runPipelineCell } from './faults/run-pipeline-cell.js';
import { runTaskCell } from './faults/run-task-cell.js';
import { taskVariantOf } from './faults/task-variants.js';
import { ramFolder } from './world/ram-folder.js';

const [selection = '{"subset":true,"only":""}', index = '0', children = '1'] = process.argv.slice(2);
const folder = await mkdtemp(join(ramFolder(), 'verapipe-faults-'));
const judged: JudgedCell[] = [];
for (const [position, cell] of selectedCells(JSON.parse(selection) as CellSelection).entries()) {
  if (position % Number(children) !== Number(index)) continue;
  judged.push(await run(cell));
}
await rm(folder, { recursive: true, force: true });
process.send?.(judged);

function run(cell: Cell): Promise<JudgedCell> {
  if (cell.variant === PIPELINE_VARIANT.name) return runPipelineCell(cell, folder);
  const credentials = credentialVariantOf(cell);
  if (credentials !== undefined) return runCredentialCell(cell, credentials, folder);
  const task = taskVariantOf(cell);
  return task === undefined ? runCell(cell, folder) : runTaskCell(cell, task, folder);
}
