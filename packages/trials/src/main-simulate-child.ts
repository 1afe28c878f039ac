import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { PLANTS } from './simulate/plants.js';
import { simulateSeeds } from './simulate/simulate-seeds.js';
import { ramFolder } from './world/ram-folder.js';

const [first = '1', count = '1', plant = '', sockets = 'false'] = process.argv.slice(2);
const folder = await mkdtemp(join(ramFolder(), 'verapipe-simulate-'));
try {
  const violations = await simulateSeeds({
    first: Number(first),
    count: Number(count),
    plant: PLANTS.find(({ name }) => name === plant) ?? null,
    sockets: sockets === 'true',
    folder,
  });
  process.send?.(violations);
} finally {
  await rm(folder, { recursive: true, force: true });
}
