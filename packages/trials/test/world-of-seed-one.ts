import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ramFolder } from '../src/world/ram-folder.js';
import { runSeed } from '../src/simulate/run-seed.js';
import type { ProcessRecord, SeedRecord } from '../src/simulate/seed-record.js';

/** A world that has really been, for tests of the invariants to change. */
export async function worldOfSeedOne(): Promise<SeedRecord & { readonly processes: readonly [ProcessRecord, ...ProcessRecord[]] }> {
  const folder = await mkdtemp(join(ramFolder(), 'verapipe-invariant-'));
  try {
    const record = await runSeed(1, { plant: null, sockets: false, folder });
    const [first, ...others] = record.processes;
    if (first === undefined) throw new Error('The world of seed 1 is empty.');
    return { ...record, processes: [first, ...others] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
