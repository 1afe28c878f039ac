import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { UNREACHED, unrepeatableChanges } from '../../test/unrepeatable-changes.js';
import { ramFolder } from '../world/ram-folder.js';
import { allCells, faultsOf, LOST_AND_LATE, PIPELINE_VARIANT, type Variant, VARIANTS } from './cells.js';
import { CREDENTIAL_VARIANTS, type CredentialVariant } from './credential-variants.js';
import { judgeCredentialCell, type CredentialMoment } from './judge-credential-cell.js';
import { credentialCallsOf, runCredentialCell } from './run-credential-cell.js';
import { givenUp } from './faults.js';
import { judgeCell, type CellFacts } from './judge-cell.js';
import { EXCEPTIONS } from './must-heal.js';
import { renderMatrix } from './render-matrix.js';
import { judgePipelineCell, type PipelineCellFacts } from './judge-pipeline-cell.js';
import { callsOf, runCell } from './run-cell.js';
import { pipelineCallsOf, runPipelineCell } from './run-pipeline-cell.js';
import { runTaskCell, taskCallsOf } from './run-task-cell.js';
import { judgeTaskCell, type TaskCellFacts } from './judge-task-cell.js';
import { TASK_VARIANTS } from './task-variants.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ramFolder(), 'verapipe-faults-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every call has its row, and those that are met at a later time are made that often. */
function expectCalls(calls: readonly string[], { operations, later = {} }: Pick<Variant, 'operations' | 'later'>): void {
  expect([...new Set(calls)].toSorted()).toEqual([...operations].toSorted());
  for (const [operation, nth] of Object.entries(later)) expect(calls.filter((call) => call === operation).length).toBeGreaterThanOrEqual(nth);
}

describe('the matrix', () => {
  it.each(VARIANTS)('knows every call of "$name"', async (variant) => {
    const calls = await callsOf(variant, join(folder, 'calls'));
    expectCalls(calls, variant);
  });

  it('knows every call of the pipeline scan', async () => {
    const calls = await pipelineCallsOf(join(folder, 'pipeline-calls'));
    expectCalls(calls, PIPELINE_VARIANT);
  });

  it.each(TASK_VARIANTS)('knows every call of "$name"', async (task) => {
    const calls = await taskCallsOf(task, join(folder, 'task-calls'));
    expectCalls(calls, task);
  });

  it.each(CREDENTIAL_VARIANTS)('knows every call of "$name"', async (variant) => {
    const calls = await credentialCallsOf(variant, join(folder, 'credential-calls'));
    expectCalls(calls, variant);
  });

  it('has every change that may not be made twice: creates, promotes, starts, over XML and REST', () => {
    const covered = new Set(allCells(false).map(({ operation }) => operation));
    const missing = unrepeatableChanges().filter((change) => !covered.has(change));
    expect(missing.toSorted()).toEqual(Object.keys(UNREACHED).toSorted());
  });

  it('has every call, every fault, once and twice', () => {
    const cells = allCells(false);
    for (const { name, operations } of [...VARIANTS, PIPELINE_VARIANT, ...TASK_VARIANTS, ...CREDENTIAL_VARIANTS]) {
      for (const operation of operations) {
        const met = cells.filter((cell) => cell.variant === name && cell.operation === operation && cell.nth === 1 && cell.fault !== LOST_AND_LATE);
        expect(met).toHaveLength(2 * (operation.endsWith('.do') ? 16 : 17));
      }
    }
  });

  it('has cut JSON wherever JSON is answered, and a file that is taken out', () => {
    const cells = allCells(false);
    expect(cells.filter(({ fault }) => fault === 'bad-json').every(({ operation }) => !operation.endsWith('.do'))).toBe(true);
    expect(cells.some(({ fault, operation }) => fault === 'bad-json' && operation === 'GET /appsec/v1/applications')).toBe(true);
    expect(cells.some(({ operation }) => operation === 'removefile.do')).toBe(true);
  });

  it('has every change of a scan with its answer lost and reads that lag behind', () => {
    const changes = allCells(false).filter(({ fault }) => fault === LOST_AND_LATE).map(({ operation }) => operation);
    expect([...new Set(changes)].toSorted()).toEqual(['beginprescan.do', 'beginscan.do', 'createapp.do', 'createbuild.do', 'createsandbox.do', 'deletebuild.do', 'uploadlargefile.do']);
    expect(faultsOf({ variant: '', operation: 'createapp.do', nth: 2, fault: LOST_AND_LATE, times: 1 })).toEqual([
      { operation: 'createapp.do', kind: 'stale-read:4', nth: 2, count: 1 },
      { operation: 'createapp.do', kind: 'reset-after', nth: 2, count: 1 },
    ]);
  });

  it('stays small where continuous integration runs it', () => {
    expect(allCells(true).length).toBeLessThan(250);
  });
});

describe('what must be healed', () => {
  const cell = { variant: 'policy, new profile', operation: 'createbuild.do', nth: 1, fault: 'status:503', times: 2, exitCode: 5, why: [] } as const;
  const [rotate] = CREDENTIAL_VARIANTS as [CredentialVariant];
  const lost = { ...cell, variant: rotate.name, operation: rotate.change };

  it('is every cell but those whose lost answer takes a secret along', () => {
    expect(EXCEPTIONS.map(({ applies }) => new Set(allCells(false).filter(applies).map(({ operation }) => operation)).size)).toEqual([4]);
    expect(givenUp([{ ...cell, outcome: 'loud' }, { ...cell, outcome: 'healed' }, { ...lost, outcome: 'loud' }, { ...lost, operation: rotate.operations[0] ?? '', outcome: 'loud' }])).toEqual([
      { ...cell, outcome: 'loud' },
      { ...lost, operation: rotate.operations[0], outcome: 'loud' },
    ]);
  });
});

describe('a cell', () => {
  const cell = { variant: 'policy, new profile', operation: 'createbuild.do', nth: 1, fault: 'reset-after', times: 2 } as const;

  it('whose fault is made up for is healed', async () => {
    expect(await runCell(cell, join(folder, 'cell'))).toMatchObject({ outcome: 'healed', exitCode: 0, why: [] });
  });

  it('whose fault does not pass is loud, and leaves nothing in the way', async () => {
    const refused = { ...cell, fault: 'status:503', times: 99 } as unknown as typeof cell;
    expect(await runCell(refused, join(folder, 'cell'))).toMatchObject({ outcome: 'loud', exitCode: 5 });
  });
});

describe('a cell of the pipeline scan', () => {
  const cell = { variant: PIPELINE_VARIANT.name, operation: 'PUT /pipeline_scan/v1/scans/{scan_id}', nth: 1, fault: 'reset-after', times: 2 } as const;

  it('whose fault is made up for is healed', async () => {
    expect(await runPipelineCell(cell, join(folder, 'pipeline'))).toMatchObject({ outcome: 'healed', exitCode: 0, why: [] });
  });

  it('whose fault does not pass is loud', async () => {
    const refused = { ...cell, operation: 'GET /pipeline_scan/v1/scans/{scan_id}', fault: 'status:503', times: 99 } as unknown as typeof cell;
    expect(await runPipelineCell(refused, join(folder, 'pipeline'))).toMatchObject({ outcome: 'loud', exitCode: 5, why: [] });
  });

  const scan = { id: 'a', status: 'SUCCESS', timesStarted: 1, segments: [{}, {}] };
  const green = { provenScanId: 'a', exitCode: 0 };
  it.each<[string, { scans?: object[]; end?: object; next?: object; journal?: object[] }, string]>([
    ['all well', {}, 'healed'],
    ['green for a scan that is not there', { end: { provenScanId: 'b', exitCode: 0 } }, 'WRONG'],
    ['green for a scan that failed', { scans: [{ ...scan, status: 'FAILURE' }] }, 'WRONG'],
    ['green with a segment missing', { scans: [{ ...scan, segments: [{}] }] }, 'WRONG'],
    ['a scan started twice', { scans: [{ ...scan, timesStarted: 2 }] }, 'WRONG'],
    ['two scans started', { scans: [scan, { ...scan, id: 'b' }] }, 'WRONG'],
    ['a scan made twice', { scans: [scan, { ...scan, id: 'b', timesStarted: 0 }] }, 'WRONG'],
    ['red with a fitting code', { scans: [], end: { exitCode: 5 }, next: green }, 'loud'],
    ['red with another code', { scans: [], end: { exitCode: 70 }, next: green }, 'WRONG'],
    ['red with a scan left running', { scans: [{ ...scan, status: 'STARTED' }], end: { exitCode: 5 }, next: green }, 'WRONG'],
    ['red, and the next run is, too', { scans: [], end: { exitCode: 5 }, next: { exitCode: 4 } }, 'WRONG'],
  ])('is judged: %s', (_name, change, outcome) => {
    const facts = { cell, end: green, scans: [scan], journal: [], next: null, ...change } as unknown as PipelineCellFacts;
    expect(judgePipelineCell(facts).outcome).toBe(outcome);
  });
});

describe('a cell of a command that makes something', () => {
  const [create, promote] = TASK_VARIANTS as [(typeof TASK_VARIANTS)[number], (typeof TASK_VARIANTS)[number]];

  it.each(TASK_VARIANTS)('of "$name" whose answer is lost twice is healed', async (task) => {
    const cell = { variant: task.name, operation: task.operations.at(-1) ?? '', nth: 1, fault: 'reset-after', times: 2 } as const;
    expect(await runTaskCell(cell, task, join(folder, 'task'))).toMatchObject({ outcome: 'healed', exitCode: 0, why: [] });
  });

  it('whose fault does not pass is loud, and the next run makes up for it', async () => {
    const cell = { variant: create.name, operation: create.operations.at(-1) ?? '', nth: 1, fault: 'status:503', times: 99 } as never;
    expect(await runTaskCell(cell, create, join(folder, 'task'))).toMatchObject({ outcome: 'loud', exitCode: 5, why: [] });
  });

  const feature = { name: 'feature', deleted: false };
  const [release, copy] = ['release', 'nightly Promoted'].map((name) => ({ name, sandboxId: null, deleted: false }));
  const act = { operation: promote.operations.at(-1), acted: true };
  const moment = (change: { exitCode?: number; sandboxes?: unknown[]; builds?: unknown[]; journal?: unknown[] } = {}): unknown => {
    const { exitCode = 0, sandboxes = [feature], builds = [release, copy], journal = [act] } = change;
    return { exitCode, snapshot: { applications: [{ sandboxes, builds }] }, journal };
  };
  it.each<[string, unknown, unknown, string]>([
    ['all well', moment(), null, 'healed'],
    ['green without the copy', moment({ builds: [release] }), null, 'WRONG'],
    ['green with two copies', moment({ builds: [release, copy, copy] }), null, 'WRONG'],
    ['green with the copy twice made and once deleted', moment({ builds: [release, { ...copy, deleted: true }, copy], journal: [act, act] }), null, 'WRONG'],
    ['green with two sandboxes', moment({ sandboxes: [feature, feature] }), null, 'WRONG'],
    ['green with the sandbox gone', moment({ sandboxes: [{ ...feature, deleted: true }] }), null, 'WRONG'],
    ['red, and the next run makes up for it', moment({ exitCode: 5 }), moment(), 'loud'],
    ['red with another code', moment({ exitCode: 4 }), moment(), 'WRONG'],
    ['red, and the next run is, too', moment({ exitCode: 5 }), moment({ exitCode: 4 }), 'WRONG'],
    ['red, and the next run makes a second copy', moment({ exitCode: 5 }), moment({ builds: [release, copy, copy], journal: [act, act] }), 'WRONG'],
  ])('is judged: %s', (_name, end, next, outcome) => {
    expect(judgeTaskCell({ cell: allCells(true)[0], task: promote, end, next } as unknown as TaskCellFacts).outcome).toBe(outcome);
  });
});

describe('a cell of a command that changes credentials', () => {
  const [kept, atOnce] = CREDENTIAL_VARIANTS as [CredentialVariant, CredentialVariant];
  const first = CREDENTIAL_VARIANTS.find(({ command }) => command === 'credentials generate') as CredentialVariant;

  it.each<[string, CredentialVariant, string, string, number]>([
    ['a lost answer is loud where the old pair lives on', kept, 'reset-after', 'loud', 5],
    ['a lost answer locks out where it does not', atOnce, 'reset-after', 'loud', 3],
    ['a refusal that passes is healed', atOnce, 'status:429:30', 'healed', 0],
    ['a first pair whose answer is lost is made up for by a rotation', first, 'reset-after', 'loud', 5],
  ])('%s', async (_name, variant, fault, outcome, exitCode) => {
    const cell = { variant: variant.name, operation: variant.change, nth: 1, fault, times: 1 } as const;
    expect(await runCredentialCell(cell, variant, join(folder, 'credentials'))).toMatchObject({ outcome, exitCode, why: [] });
  });

  const [old, fresh] = [{ apiId: 'a', apiKey: 'A' }, { apiId: 'b', apiKey: 'B' }];
  const act = { operation: kept.change, acted: true };
  const moment = (change: Partial<CredentialMoment> = {}): CredentialMoment => ({
    exitCode: 0,
    snapshot: { credentials: [], state: { users: [] } },
    journal: [act],
    newest: [fresh],
    file: 'b B',
    ...change,
  });
  const another = { operation: first.change, acted: true };
  const theirs = { newest: [old, fresh] };
  it.each<[string, CredentialVariant, CredentialMoment, CredentialMoment | null, string, (CredentialMoment | null)?]>([
    ['all well', kept, moment(), null, 'healed'],
    ['green with the old pair in the file', kept, moment({ file: `${old.apiId} ${old.apiKey}` }), null, 'WRONG'],
    ['green with the wrong key', kept, moment({ file: 'b A' }), null, 'WRONG'],
    ['a pair made blindly a second time', kept, moment({ journal: [act, act] }), null, 'WRONG'],
    ['red, and the next run makes up for it', kept, moment({ exitCode: 5, file: '' }), moment({ journal: [act, act] }), 'loud'],
    ['red, and the next run does not', kept, moment({ exitCode: 5, file: '' }), moment({ file: '' }), 'WRONG'],
    ['locked out where the old pair lives on', kept, moment({ exitCode: 3, file: '' }), moment({ exitCode: 3 }), 'WRONG'],
    ['locked out where it does not', atOnce, moment({ exitCode: 3, file: '' }), moment({ exitCode: 3 }), 'loud'],
    ['locked out though nothing was made', atOnce, moment({ exitCode: 3, journal: [] }), moment({ exitCode: 3 }), 'WRONG'],
    ['a first pair lost, and a rotation helps', first, moment({ ...theirs, exitCode: 5, journal: [another], file: '' }), moment({ ...theirs, exitCode: 4, file: '' }), 'loud', moment(theirs)],
    ['a first pair lost, and nothing helps', first, moment({ ...theirs, exitCode: 5, journal: [another], file: '' }), moment({ ...theirs, exitCode: 4, file: '' }), 'WRONG'],
    ['a first pair refused that nobody had made', first, moment({ ...theirs, exitCode: 5, journal: [], file: '' }), moment({ ...theirs, exitCode: 4, file: '' }), 'WRONG', moment(theirs)],
    // A parameter without a default would be taken for jest's callback in the rows that are shorter.
  ])('is judged: %s', (_name, variant, end, next, outcome, remedy = null) => {
    expect(judgeCredentialCell({ cell: { variant: variant.name, operation: variant.change, nth: 1, fault: 'stall', times: 1 }, variant, end, next, remedy }).outcome).toBe(outcome);
  });
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
