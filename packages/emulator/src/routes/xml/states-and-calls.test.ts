import { describe, expect, it } from '@jest/globals';
import { bodyOf, rehearse, type CallOptions, type Rehearsal } from '../../../test/rehearsal.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';
import { buildStatuses, type BuildStatus } from '../../scenarios/vocabulary.js';

/** Columns of the table, with the states that they stand for; `none`: no build yet. */
const columns = {
  none: [null],
  inc: ['Incomplete'],
  pre: ['Pre-Scan Submitted'],
  ok: ['Pre-Scan Success'],
  bad: ['Pre-Scan Failed', 'Pre-Scan Cancelled', 'No Modules Defined'],
  run: [
    'Not Submitted to Engine',
    'Submitted to Engine',
    'Scan In Process',
    'Scan On Hold',
    'Pending Internal Review',
    'Pending Vendor Confirmation',
    'Vendor Reviewing',
  ],
  err: ['Scan Errors', 'Scan Internal Error', 'Scan Cancelled'],
  done: ['Results Ready'],
} as const satisfies Record<string, readonly (BuildStatus | null)[]>;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];

/** y: allowed, n: refused with an <error>; in the order none, inc, pre, ok, bad, run, err, done. */
const table = {
  'createbuild.do': 'y n n n n n n y',
  'uploadlargefile.do': 'y y n y y n n y',
  'uploadfile.do': 'y y n y y n n y',
  'removefile.do': 'n y n y y n n n',
  'beginprescan.do': 'n y n n y n n n',
  'beginprescan.do after an upload': 'y y n y y n n y',
  'getprescanresults.do': 'n n n y y y y y',
  'beginscan.do': 'n n n y n n n n',
  'updatebuild.do': 'n y y y y y y y',
  'deletebuild.do': 'n y y y y y y y',
  'getbuildinfo.do': 'n y y y y y y y',
  'getfilelist.do': 'n y y y y y y y',
  'detailedreport.do': 'n n n n n n n y',
  'summaryreport.do': 'n n n n n n n y',
  'promotesandbox.do': 'n n n n n n n y',
} as const;
type Row = keyof typeof table;

interface Cell {
  readonly row: Row;
  readonly status: BuildStatus | null;
  readonly place: 'policy' | 'sandbox';
  readonly allowed: boolean;
}

const cells: Cell[] = (Object.keys(table) as Row[]).flatMap((row) =>
  columnNames.flatMap((column, index) =>
    columns[column].flatMap((status) =>
      (['policy', 'sandbox'] as const)
        .filter((place) => row !== 'promotesandbox.do' || place === 'sandbox')
        .map((place) => ({ row, status, place, allowed: table[row].split(' ')[index] === 'y' })),
    ),
  ),
);

function scenarioWith(status: BuildStatus | null, place: Cell['place']): ScenarioInput {
  const builds = status === null ? [] : [{ name: 'before', status }];
  return {
    applications: [
      { name: 'Shop', builds: place === 'policy' ? builds : [], sandboxes: [{ name: 'dev', builds: place === 'sandbox' ? builds : [] }] },
    ],
  };
}

interface Ids {
  readonly context: Record<string, string>;
  readonly buildId: string;
  readonly fileId: string;
}

function idsOf(rehearsal: Rehearsal, place: Cell['place']): Ids {
  const application = rehearsal.snapshot().applications[0];
  const build = application?.builds[0];
  const sandboxId = application?.sandboxes[0]?.id ?? '';
  return {
    context: { app_id: application?.id ?? '', ...(place === 'sandbox' ? { sandbox_id: sandboxId } : {}) },
    buildId: build?.id ?? '1',
    fileId: build?.files[0]?.id ?? '1',
  };
}

const form = '--x\r\nContent-Disposition: form-data; name="file"; filename="new.jar"\r\nContent-Type: application/octet-stream\r\n\r\nbytes\r\n--x--\r\n';

function callFor(row: Row, { context, buildId, fileId }: Ids): [string, Record<string, string>, CallOptions?] {
  switch (row) {
    case 'createbuild.do':
    case 'updatebuild.do':
      return [row, { ...context, version: 'after' }];
    case 'uploadlargefile.do':
      return [row, { ...context, filename: 'new.jar' }, { body: bodyOf('bytes') }];
    case 'uploadfile.do':
      return [row, context, { body: bodyOf(form), headers: { 'content-type': 'multipart/form-data; boundary=x' } }];
    case 'removefile.do':
      return [row, { ...context, file_id: fileId }];
    case 'beginprescan.do':
    case 'beginprescan.do after an upload':
      return ['beginprescan.do', { ...context, auto_scan: 'false' }];
    case 'beginscan.do':
      return [row, { ...context, scan_all_top_level_modules: 'True' }];
    case 'detailedreport.do':
    case 'summaryreport.do':
    case 'promotesandbox.do':
      return [row, { build_id: buildId }];
    case 'getprescanresults.do':
    case 'deletebuild.do':
    case 'getbuildinfo.do':
    case 'getfilelist.do':
      return [row, context];
  }
}

describe('which call is allowed in which state', () => {
  it('covers every state', () => {
    expect(new Set(cells.map(({ status }) => status))).toEqual(new Set([null, ...buildStatuses]));
  });

  it.each(cells)('$row at $status ($place): allowed $allowed', async ({ row, status, place, allowed }) => {
    const rehearsal = rehearse(scenarioWith(status, place));
    const ids = idsOf(rehearsal, place);
    if (row === 'beginprescan.do after an upload') {
      await rehearsal.call('uploadlargefile.do', { ...ids.context, filename: 'more.jar' }, { body: bodyOf('more') });
    }
    const before = rehearsal.snapshot().applications;
    const { error, status: httpStatus } = await rehearsal.call(...callFor(row, ids));
    expect({ allowed: error === undefined, httpStatus }).toEqual({ allowed, httpStatus: 200 });
    if (!allowed) {
      expect(rehearsal.snapshot().applications).toEqual(before);
    }
  });
});

describe('words of refusals', () => {
  const words: [string, ScenarioInput, Row, (ids: Ids) => string][] = [
    ['a build in the way', scenarioWith('Scan In Process', 'policy'), 'createbuild.do', () => 'App not in state where new builds are allowed.'],
    ['no build', scenarioWith(null, 'policy'), 'getbuildinfo.do', ({ context }) => `Could not find a build for application=${context['app_id'] ?? ''}`],
    ['no report yet', scenarioWith('Scan In Process', 'policy'), 'detailedreport.do', () => 'No report available.'],
    ['unknown build', scenarioWith(null, 'policy'), 'summaryreport.do', () => 'A valid app could not be found for build_id=1.'],
  ];

  it.each(words)('%s', async (_, scenario, row, wanted) => {
    const rehearsal = rehearse(scenario);
    const ids = idsOf(rehearsal, 'policy');
    expect((await rehearsal.call(...callFor(row, ids))).error).toBe(wanted(ids));
  });

  it('names the sandbox when that has no build', async () => {
    const rehearsal = rehearse(scenarioWith(null, 'sandbox'));
    const { context } = idsOf(rehearsal, 'sandbox');
    const { error } = await rehearsal.call('getbuildinfo.do', context);
    expect(error).toBe(`Could not find a build for application=${context['app_id'] ?? ''} and sandbox=${context['sandbox_id'] ?? ''}`);
  });

  it.each([
    ['getbuildinfo.do', {}, 'No app_id parameter specified'],
    ['getbuildinfo.do', { app_id: 'Shop' }, 'No app_id parameter specified'],
    ['getbuildinfo.do', { app_id: '1' }, 'Access denied.'],
    ['createapp.do', { business_criticality: 'High' }, 'No app_name parameter specified'],
  ])('%s %j: %s', async (operation, parameters, wanted) => {
    expect((await rehearse().call(operation, parameters)).error).toBe(wanted);
  });

  it('answers errors with the status that the scenario wants', async () => {
    const { status, error } = await rehearse({ settings: { errorStatus: 400 } }).call('getbuildinfo.do', { app_id: '1' });
    expect({ status, error }).toEqual({ status: 400, error: 'Access denied.' });
  });
});
