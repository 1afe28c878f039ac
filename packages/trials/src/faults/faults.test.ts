import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ramFolder } from '../world/ram-folder.js';
import { allCells, VARIANTS } from './cells.js';
import { judgeCell, type CellFacts } from './judge-cell.js';
import { renderMatrix } from './render-matrix.js';
import { callsOf, runCell } from './run-cell.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ramFolder(), 'verapipe-faults-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the matrix', () => {
  it.each(VARIANTS)('knows every call of "$name"', async (variant) => {
    const calls = await callsOf(variant, join(folder, 'calls'));
    expect([...calls].toSorted()).toEqual([...variant.operations].toSorted());
  }, 60_000);

  it('has every call, every fault, once and twice', () => {
    const cells = allCells(false);
    const calls = VARIANTS.reduce((sum, { operations }) => sum + operations.length, 0);
    const faults = new Set(cells.map(({ fault }) => fault)).size;
    expect(faults).toBeGreaterThanOrEqual(16);
    expect(cells).toHaveLength(calls * faults * 2);
  });
});

describe('a cell', () => {
  const cell = { variant: 'policy, new profile', operation: 'createbuild.do', fault: 'reset-after', times: 2 } as const;

  it('whose fault is made up for is healed', async () => {
    expect(await runCell(cell, join(folder, 'cell'))).toMatchObject({ outcome: 'healed', exitCode: 0, why: [] });
  }, 60_000);

  it('whose fault does not pass is loud, and leaves nothing in the way', async () => {
    const refused = { ...cell, fault: 'status:503', times: 99 } as unknown as typeof cell;
    expect(await runCell(refused, join(folder, 'cell'))).toMatchObject({ outcome: 'loud', exitCode: 5 });
  }, 60_000);
});

describe('the judge', () => {
  const build = { id: '1', name: 'run', sandboxId: null, deleted: false, status: 'Results Ready', prescansBegun: 1, scansBegun: 1, files: [{ name: 'shop.jar' }, { name: 'shop-admin.jar' }] };
  const entry = (operation: string): { operation: string; acted: boolean } => ({ operation, acted: true });
  const facts = (change: { builds?: unknown[]; journal?: unknown[]; exitCode?: number; next?: unknown }): CellFacts =>
    ({
      cell: allCells(true)[0],
      variant: VARIANTS[0],
      result: { exitCode: change.exitCode ?? 0 },
      before: { snapshot: { applications: [{ sandboxes: [], builds: change.builds ?? [build] }] }, journal: change.journal ?? [entry('createbuild.do')] },
      next: change.next ?? null,
    }) as unknown as CellFacts;

  it.each<[string, Parameters<typeof facts>[0], string]>([
    ['all well', {}, 'healed'],
    ['green without a build', { builds: [] }, 'WRONG'],
    ['green with two builds', { builds: [build, { ...build, id: '2' }] }, 'WRONG'],
    ['green without a scan', { builds: [{ ...build, scansBegun: 0 }] }, 'WRONG'],
    ['green with a file missing', { builds: [{ ...build, files: [{ name: 'shop.jar' }] }] }, 'WRONG'],
    ['green while it is scanned', { builds: [{ ...build, status: 'Scan In Process' }] }, 'WRONG'],
    ['a build made twice', { journal: [entry('createbuild.do'), entry('createbuild.do')] }, 'WRONG'],
    ['a third upload', { journal: [entry('uploadlargefile.do'), entry('uploadlargefile.do'), entry('uploadlargefile.do')] }, 'WRONG'],
    ['red with a fitting code, and the next run is fine', { exitCode: 5, next: { kind: 'judged', exitCode: 0 } }, 'loud'],
    ['red with another code', { exitCode: 70, next: { kind: 'judged', exitCode: 0 } }, 'WRONG'],
    ['red, and the next run is blocked', { exitCode: 5, next: { kind: 'unjudged', exitCode: 4 } }, 'WRONG'],
  ])('calls %s by its name', (_name, change, outcome) => {
    expect(judgeCell(facts(change)).outcome).toBe(outcome);
  });

  it('shows every cell, and says why one was not healed', () => {
    const judged = judgeCell(facts({ builds: [] }));
    const matrix = renderMatrix([judged, { ...judged, outcome: 'healed', times: 2, why: [] }]);
    expect(matrix).toContain('W +');
    expect(matrix).toMatch(/^WRONG: .*there are 0 builds of the run$/m);
  });
});
