import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { VARIANTS } from '../faults/cells.js';
import { ramFolder } from '../world/ram-folder.js';
import { type KillCell, killCells } from './kill-cells.js';
import { renderKills } from './render-kills.js';
import { runKillCell } from './run-kill-cell.js';

const PATIENCE_MS = 90_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ramFolder(), 'verapipe-kills-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function cell(change: Partial<KillCell>): KillCell {
  const usual = { variant: 'policy, new profile', step: 'createbuild.do', nth: 1, moment: 'after', signal: 'SIGKILL', goingOn: 'resume' } as const;
  return { ...usual, ...change };
}

describe('a kill', () => {
  it.each<[name: string, cell: KillCell]>([
    ['whose answer is lost', cell({ goingOn: 'clean workspace' })],
    ['in the middle of an upload', cell({ step: 'uploadlargefile.do', moment: 'amid' })],
    ['whose request is acted on late', cell({ step: 'beginprescan.do', moment: 'late', goingOn: 'wait' })],
  ])('%s is made up for', async (_name, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 0, why: [] });
  }, PATIENCE_MS);

  it('is WRONG where two builds came of it', async () => {
    // Another CI run has another scan name: for it the first one's build is a stranger's.
    const result = await runKillCell(cell({ step: 'getbuildinfo.do', goingOn: 'clean workspace' }), folder, { nextRun: 18 });
    expect(result).toMatchObject({ outcome: 'WRONG', why: expect.arrayContaining(['createbuild.do took effect 2 times']) });
  }, PATIENCE_MS);
});

const itHears = process.platform === 'win32' ? it.skip : it;

describe('a signal', () => {
  itHears.each<[name: string, cell: KillCell]>([
    ['is followed as it was printed', cell({ signal: 'SIGTERM', goingOn: 'as printed' })],
    ['that comes twice ends at once', cell({ signal: 'SIGTERM', step: 'uploadlargefile.do', moment: 'amid', goingOn: 'second signal' })],
    ['deletes the scan of the run where that was asked for', cell({ signal: 'SIGTERM', variant: 'policy, existing profile', goingOn: 'deleted' })],
  ])('%s', async (_name, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 0, why: [] });
  }, PATIENCE_MS);

  itHears('deletes nothing that another run created', async () => {
    const given = cell({ signal: 'SIGTERM', variant: 'policy, existing profile', step: 'getbuildinfo.do', moment: 'before', goingOn: 'not deleted' });
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 130, why: [] });
  }, PATIENCE_MS);
});

describe('the cells', () => {
  it('have every call of four variants, before and after, and every upload in its middle', () => {
    const cells = killCells(false);
    for (const name of new Set(cells.map(({ variant }) => variant))) {
      const own = cells.filter(({ variant, signal, goingOn }) => variant === name && signal === 'SIGKILL' && goingOn === 'clean workspace');
      if (own.length === 0) continue;
      const calls = VARIANTS.find((variant) => variant.name === name)?.operations.filter((operation) => operation.endsWith('.do')) ?? [];
      for (const moment of ['before', 'after']) expect(new Set(own.filter((given) => given.moment === moment).map(({ step }) => step))).toEqual(new Set(calls));
      expect(own.filter(({ moment }) => moment === 'amid').map(({ nth }) => nth)).toEqual([1, 2]);
    }
  });

  it('are shown a line for each moment, with what is wrong', () => {
    const judged = { ...cell({}), outcome: 'WRONG', exitCode: 5, why: ['two builds'] } as const;
    expect(renderKills([{ ...judged, outcome: 'resumed', why: [] }, { ...judged, goingOn: 'wait' }])).toBe(
      'policy, new profile: SIGKILL after createbuild.do: resume resumed, wait WRONG (two builds)\n',
    );
  });
});
