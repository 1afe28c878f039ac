import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ramFolder } from '../world/ram-folder.js';
import { PLANTS } from './plants.js';
import { renderJournal } from './render-journal.js';
import { runSeed } from './run-seed.js';
import { simulateSeeds } from './simulate-seeds.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ramFolder(), 'verapipe-simulate-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const quiet = { plant: null, sockets: false };

describe('a world', () => {
  it.each([1, 7, 42])('of seed %i happens in the same way each time, to the byte', async (seed) => {
    const once = renderJournal(await runSeed(seed, { ...quiet, folder }));
    const again = renderJournal(await runSeed(seed, { ...quiet, folder }));
    expect(again.join('\n')).toBe(once.join('\n'));
    expect(once.length).toBeGreaterThan(10);
  });

  it('is another one for another seed', async () => {
    const one = renderJournal(await runSeed(1, { ...quiet, folder }));
    const other = renderJournal(await runSeed(2, { ...quiet, folder }));
    expect(other).not.toEqual(one);
  });

  it('keeps every promise', async () => {
    expect(await simulateSeeds({ ...quiet, first: 1, count: 25, folder })).toEqual([]);
  });

  it('keeps them over real sockets as well', async () => {
    expect(await simulateSeeds({ ...quiet, sockets: true, first: 1, count: 3, folder })).toEqual([]);
  });
});

describe('a planted bug', () => {
  // Seeds in which the bug shows; `simulate --seeds 1000 --plant NAME` finds them.
  it.each([
    ['blind-delete', 252, 'others untouched'],
    ['rosy-policy', 195, 'proven green'],
    ['impatient', 1, 'kept limits'],
    ['untidy', 5, 'right end'],
  ])('%s is found', async (name, seed, invariant) => {
    const plant = PLANTS.find((candidate) => candidate.name === name) ?? null;
    expect(plant).not.toBeNull();
    const violations = await simulateSeeds({ plant, sockets: false, first: seed, count: 1, folder });
    expect(violations.map((violation) => violation.invariant)).toContain(invariant);
    expect(await simulateSeeds({ ...quiet, first: seed, count: 1, folder })).toEqual([]);
  });
});
