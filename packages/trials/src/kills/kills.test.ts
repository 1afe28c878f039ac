import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { UNREACHED, unrepeatableChanges } from '../../test/unrepeatable-changes.js';
import { VARIANTS } from '../faults/cells.js';
import { ramFolder } from '../world/ram-folder.js';
import { type AccountKillFacts, judgeAccountKill } from './account-changes.js';
import { PAIR_CHANGES } from './credential-changes.js';
import { isLocalStep } from './dies-at.js';
import { judgePairKill, type PairKillFacts } from './judge-pair-kill.js';
import { judgePipelineKill, type PipelineKillFacts } from './judge-pipeline-kill.js';
import type { KillCell } from './kill-cell.js';
import { killCells } from './kill-cells.js';
import { KILLED_COMMANDS } from './killed-commands.js';
import { renderKills } from './render-kills.js';
import { runKillCell } from './run-kill-cell.js';
import { localStepsOf } from './run-pair-kill-cell.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ramFolder(), 'verapipe-kills-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function cell(change: Partial<KillCell>): KillCell {
  const usual = { variant: 'policy, new profile', step: 'createbuild.do', nth: 1, moment: 'after', signal: 'SIGKILL', goingOn: 'resume' } as const;
  return { ...usual, ...change };
}

// One of each kind: `npm run kills` makes them all, and its fixed selection is a step of `.ci/run`.
describe('a kill', () => {
  it.each<[name: string, cell: KillCell]>([
    ['in the middle of an upload', cell({ step: 'uploadlargefile.do', moment: 'amid' })],
    ['whose request is acted on late', cell({ step: 'beginprescan.do', moment: 'late', goingOn: 'wait' })],
  ])('%s is made up for', async (_name, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 0, why: [] });
  });

  it('is WRONG where two builds came of it', async () => {
    // Another CI run has another scan name: for it the first one's build is a stranger's.
    const result = await runKillCell(cell({ step: 'getbuildinfo.do', goingOn: 'clean workspace' }), folder, { nextRun: 18 });
    expect(result).toMatchObject({ outcome: 'WRONG', why: expect.arrayContaining(['createbuild.do took effect 2 times']) });
  });
});

describe('the kills', () => {
  it('have every REST create, promote and start of applications and pipeline scans', () => {
    const killed = new Set(killCells(false).map(({ step }) => step));
    const changes = unrepeatableChanges().filter((change) => /^(?:POST|PUT) \/(?:appsec|pipeline_scan)\//u.test(change) && !(change in UNREACHED));
    expect(changes).toHaveLength(5);
    expect(changes.filter((change) => !killed.has(change))).toEqual([]);
  });
});

describe('a command that is killed and given again', () => {
  const usual = { signal: 'SIGKILL', goingOn: 'same command', nth: 1 } as const;
  it.each<[name: string, exitCode: number, cell: KillCell]>([
    ['in the middle of a segment', 1, { ...usual, variant: 'pipeline scan', step: 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}', nth: 2, moment: 'amid' }],
    ['when its scan runs', 1, { ...usual, variant: 'pipeline scan', step: 'GET /pipeline_scan/v1/scans/{scan_id}', moment: 'after' }],
  ])('%s comes to its end', async (_name, exitCode, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode, why: [] });
  });

  const killed = { id: 'killed', status: 'STARTED', timesStarted: 1, segments: [{}, {}], segmentsExpected: 2 };
  const own = { ...killed, id: 'own', status: 'SUCCESS' };
  it.each<[string, object, RegExp | null]>([
    ['all well', {}, null],
    ['green', { exitCode: 0 }, /ended with 0/],
    ['no results', { written: null }, /no results/],
    ['the results of the killed scan', { scans: [{ ...killed, status: 'SUCCESS' }, own], written: 'killed' }, /those of the killed scan/],
    ['results of half a file', { scans: [killed, { ...own, segments: [{}] }] }, /with 1 segments/],
    ['a scan started twice', { scans: [{ ...killed, timesStarted: 2 }, own] }, /started twice/],
    ['a third scan', { scans: [killed, own, { ...own, id: 'more' }] }, /3 scans/],
  ])('is judged, for a pipeline scan: %s', (_name, change, why) => {
    const facts = { exitCode: 1, killed: new Set(['killed']), scans: [killed, own], written: 'own', ...change } as unknown as PipelineKillFacts;
    expect(judgePipelineKill(facts)).toEqual(why === null ? [] : expect.arrayContaining([expect.stringMatching(why)]));
  });
});

describe('a command that makes a pair and is killed', () => {
  const usual = { signal: 'SIGKILL', goingOn: 'same command', nth: 1 } as const;
  const variant = 'credentials rotate to a profile, the old pair ends at-once';
  it.each<[name: string, outcome: string, cell: KillCell]>([
    ['whose secret is lost, where the old pair ends at once', 'locked out', { ...usual, variant, step: 'POST /api/authn/v2/api_credentials', moment: 'after' }],
    ['between the neighbour of the file and its new name', 'resumed', { ...usual, variant, step: 'rename', moment: 'before' }],
  ])('%s: %s', async (_name, outcome, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome, why: [] });
  });

  it.each(PAIR_CHANGES.filter(({ kind, oldCredentials }) => kind === 'rotate' && oldCredentials === '24h').map((change) => [change.place, change] as const))(
    'has every step that it takes on its own machine among its ends: %s',
    async (_place, change) => {
      const counted = new Map<string, number>();
      const taken = (await localStepsOf(change, folder)).map((step) => {
        counted.set(step, (counted.get(step) ?? 0) + 1);
        return `${step} ${String(counted.get(step))}`;
      });
      const ends = new Set(change.moments.filter(({ step }) => isLocalStep(step)).map(({ step, nth }) => `${step} ${String(nth)}`));
      // What is taken away before the call holds no pair.
      expect(taken.filter((step) => !/^rm [1-3]$/u.test(step))).toEqual([...ends]);
    },
  );

  const staged: PairKillFacts = {
    phase: 'beside',
    change: { kind: 'rotate', oldCredentials: '24h', place: 'profile' },
    madeFirst: 1,
    working: ['credentials'],
    statusCode: 0,
    exitCode: 0,
    cureCode: null,
    isInPlace: true,
    made: 1,
    stray: [],
  };
  const atOnce = { kind: 'rotate', oldCredentials: 'at-once', place: 'profile' } as const;
  const first = { kind: 'generate', oldCredentials: '24h', place: 'profile' } as const;
  it.each<[string, Partial<PairKillFacts>, RegExp | null]>([
    ['all well', {}, null],
    ['no working pair where one must be', { working: [] }, /no place/],
    ['a status that does not find it', { statusCode: 3 }, /status ended with 3/],
    ['a second run that fails', { exitCode: 5 }, /same command ended with 5/],
    ['a second run that changes nothing', { isInPlace: false }, /not in its place/],
    ['another pair made for nothing', { made: 2 }, /2 pairs/],
    ['a pair made before its place was proven', { phase: 'unmade' }, /killed process has made 1/],
    ['a secret lost after it was written', { change: atOnce, statusCode: 3, working: [], exitCode: 3 }, /no place/],
    ['a secret lost in the window that is announced', { phase: 'lost', change: atOnce, statusCode: 3, working: [], exitCode: 3, isInPlace: false }, null],
    ['a copy of the secret left about', { stray: ['.credentials.part'] }, /left in \.credentials/],
    ['a first pair lost, and no way out', { phase: 'lost', change: first, exitCode: 4, cureCode: 4, isInPlace: false }, /rotate --user ended with 4/],
    ['a first pair lost, and made again', { phase: 'lost', change: first, exitCode: 4, cureCode: 0, made: 2 }, null],
    ['a second first pair', { phase: 'stored', change: first, made: 2 }, /same command ended with 0/],
  ])('is judged: %s', (_name, change, why) => {
    expect(judgePairKill({ ...staged, ...change })).toEqual(why === null ? [] : expect.arrayContaining([expect.stringMatching(why)]));
  });
});

describe('a command that ends a pair or makes an account and is killed', () => {
  it.each<[name: string, exitCode: number, variant: string, step: string]>([
    ['there is one account, and that is said', 4, 'credentials create-service-account', 'POST /api/authn/v2/users'],
  ])('%s', async (_name, exitCode, variant, step) => {
    expect(await runKillCell(cell({ variant, step, moment: 'after', goingOn: 'same command' }), folder)).toMatchObject({ outcome: 'resumed', exitCode, why: [] });
  });

  const facts = {
    change: { makes: 'account', change: 'POST', codeWhenDone: 4 },
    wasDone: true,
    exitCode: 4,
    journal: [{ operation: 'POST', acted: true }],
    snapshot: { credentials: [{ userName: 'ci', revokedBy: null }], state: { users: [{ userName: 'ci-two' }] } },
  };
  it.each<[string, object, RegExp | null]>([
    ['all well', {}, null],
    ['an account that is there and not told', { exitCode: 0 }, /ended with 0/],
    ['two calls that took effect', { journal: [...facts.journal, ...facts.journal] }, /2 times/],
    ['another account', { snapshot: { ...facts.snapshot, state: { users: [{ userName: 'other' }] } } }, /accounts made are: other/],
    ['a pair revoked beside it', { snapshot: { ...facts.snapshot, credentials: [{ userName: 'ci', revokedBy: 'admin' }] } }, /revoked are of: ci/],
  ])('is judged: %s', (_name, change, why) => {
    expect(judgeAccountKill({ ...facts, ...change } as unknown as AccountKillFacts)).toEqual(why === null ? [] : expect.arrayContaining([expect.stringMatching(why)]));
  });
});

const itHears = process.platform === 'win32' ? it.skip : it;

describe('a signal', () => {
  itHears.each<[name: string, cell: KillCell]>([
    ['is followed as it was printed', cell({ signal: 'SIGTERM', goingOn: 'as printed' })],
  ])('%s (not run on Windows: it has no such signals)', async (_name, given) => {
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 0, why: [] });
  });

  itHears('deletes nothing that another run created (not run on Windows: it has no such signals)', async () => {
    const given = cell({ signal: 'SIGTERM', variant: 'policy, existing profile', step: 'getbuildinfo.do', moment: 'before', goingOn: 'not deleted' });
    expect(await runKillCell(given, folder)).toMatchObject({ outcome: 'resumed', exitCode: 130, why: [] });
  });
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

  it('have every call of every command that is given again, before and after, and both segments in their middle', () => {
    for (const { name, operations } of KILLED_COMMANDS) {
      const own = killCells(false).filter(({ variant }) => variant === name);
      for (const moment of ['before', 'after']) expect(new Set(own.filter((given) => given.moment === moment).map(({ step }) => step))).toEqual(new Set(operations));
      expect(own.filter(({ moment }) => moment === 'amid').map(({ nth }) => nth)).toEqual(name === 'pipeline scan' ? [1, 2] : []);
    }
    expect(killCells(true).filter(({ goingOn }) => goingOn === 'same command')).toHaveLength(12);
  });

  it('are shown a line for each moment, with what is wrong', () => {
    const judged = { ...cell({}), outcome: 'WRONG', exitCode: 5, why: ['two builds'] } as const;
    expect(renderKills([{ ...judged, outcome: 'resumed', why: [] }, { ...judged, goingOn: 'wait' }])).toBe(
      'policy, new profile: SIGKILL after createbuild.do: resume resumed, wait WRONG (two builds)\n',
    );
  });
});
