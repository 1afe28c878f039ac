import type { Setting } from '@verapipe/ci-kit';
import type { FaultInput, ScenarioInput } from '@verapipe/emulator';

import { CREDENTIAL_VARIANTS } from './credential-variants.js';
import { TASK_VARIANTS } from './task-variants.js';

/** A way to run the workflow. */
export interface Variant {
  readonly name: string;
  readonly scenario: ScenarioInput;
  readonly settings: readonly Setting[];
  /** Every call that the workflow makes here, in order. A test compares them with what it does. */
  readonly operations: readonly string[];
  /** Calls that are made several times, and which of them meets the faults as well. A test looks whether it is made. */
  readonly later?: Readonly<Record<string, number>>;
  /** The build of an earlier attempt that the run goes on with. */
  readonly ownBuild?: string;
}

/** One fault, or several at once, at one call of one variant. */
export interface Cell {
  readonly variant: string;
  readonly operation: string;
  /** Which call of the operation, from 1, is the first to meet it. */
  readonly nth: number;
  /** Several are joined by {@link AND}. */
  readonly fault: string;
  /** How often in a row. */
  readonly times: 1 | 2;
}

/** Between the faults of a cell that has more than one. */
export const AND = ' + ';

/** What is uploaded in every cell. */
export const ARTIFACTS = ['shop.jar', 'shop-admin.jar'] as const;

/** Faults of the wire and of gateways. */
const FAULTS = [
  'status:500',
  'status:502',
  'status:503',
  'status:503:20',
  'status:504',
  'status:429:30',
  'html-200',
  'reset-before',
  'reset-after',
  'cut-body',
  'delay:30',
  'stall',
  'empty-200',
  'wrong-root',
  'bad-xml',
  'stale-read:1',
] as const;

/** Meets calls that are answered with JSON, in addition. */
const BAD_JSON = 'bad-json';

/** The answer is lost, and reads show for a while what was before: the worst that a change can meet. */
export const LOST_AND_LATE = `stale-read:4${AND}reset-after`;

/** Changes that meet it. */
const CHANGES: readonly string[] = ['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'beginprescan.do', 'beginscan.do', 'deletebuild.do'];

/** The second upload, a poll in the middle of the scan, and the list of the files that were scanned. */
const LATER: Readonly<Record<string, number>> = { 'uploadlargefile.do': 2, 'getbuildinfo.do': 5, 'getfilelist.do': 2 };

const SCANS = [{ prescanSeconds: 240, scanSeconds: 900, findings: 'typical' as const, policy: { evaluation: 'Pass' as const } }];
const EXPIRY = 'GET /api/authn/v2/api_credentials';
const PROFILES = 'GET /appsec/v1/applications';
const RESULTS = ['getbuildinfo.do', 'detailedreport.do'];
const SUBMISSION = ['createbuild.do', 'uploadlargefile.do', 'getfilelist.do', 'beginprescan.do'];

/** Every variant of the matrix. */
export const VARIANTS: readonly Variant[] = [
  {
    name: 'policy, new profile',
    scenario: { scans: SCANS },
    settings: [],
    operations: [EXPIRY, PROFILES, 'createapp.do', ...SUBMISSION, ...RESULTS],
    later: LATER,
  },
  {
    name: 'policy, existing profile',
    scenario: { scans: SCANS, applications: [{ name: 'Shop', builds: [{ name: 'release' }] }] },
    settings: [],
    operations: [EXPIRY, PROFILES, 'getbuildlist.do', ...SUBMISSION, ...RESULTS],
  },
  {
    name: 'sandbox, new profile',
    scenario: { scans: SCANS },
    settings: sandbox(),
    operations: [EXPIRY, PROFILES, 'createapp.do', 'createsandbox.do', ...SUBMISSION, ...RESULTS],
  },
  {
    name: 'sandbox, existing profile',
    scenario: { scans: SCANS, applications: [{ name: 'Shop', sandboxes: [{ name: 'feature' }] }] },
    settings: sandbox(),
    operations: [EXPIRY, PROFILES, 'getsandboxlist.do', 'getbuildlist.do', ...SUBMISSION, ...RESULTS],
    later: LATER,
  },
  {
    name: 'modules by pattern',
    scenario: { scans: SCANS },
    settings: [{ name: 'include-modules', value: '*' }],
    operations: [EXPIRY, PROFILES, 'createapp.do', ...SUBMISSION, 'getprescanresults.do', 'beginscan.do', ...RESULTS],
  },
  {
    name: 'a dead build in the way',
    scenario: { scans: SCANS, applications: [{ name: 'Shop', builds: [{ name: 'release' }, { name: 'dead', status: 'Incomplete' }] }] },
    settings: [{ name: 'delete-incomplete', value: 'not-running' }],
    operations: [EXPIRY, PROFILES, 'getbuildlist.do', ...SUBMISSION, 'updatebuild.do', 'deletebuild.do', ...RESULTS],
  },
  {
    name: 'an attempt that was broken off',
    scenario: { scans: SCANS, applications: [{ name: 'Shop', builds: [{ name: 'release' }, { name: 'nightly', status: 'Incomplete', files: ['old.jar'] }] }] },
    settings: [{ name: 'scan-name', value: 'nightly' }],
    operations: [EXPIRY, PROFILES, 'getbuildlist.do', 'getfilelist.do', 'removefile.do', 'uploadlargefile.do', 'beginprescan.do', ...RESULTS],
    ownBuild: 'nightly',
  },
];

/** The pipeline scan, which is another workflow. */
export const PIPELINE_VARIANT = {
  name: 'pipeline scan',
  operations: [
    'POST /pipeline_scan/v1/scans',
    'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}',
    'PUT /pipeline_scan/v1/scans/{scan_id}',
    'GET /pipeline_scan/v1/scans/{scan_id}',
    'GET /pipeline_scan/v1/scans/{scan_id}/findings',
  ],
  later: { 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}': 2, 'GET /pipeline_scan/v1/scans/{scan_id}': 2 },
} as const satisfies Pick<Variant, 'name' | 'operations' | 'later'>;

/** Every cell, or the fixed selection that continuous integration has time for. */
export function allCells(isSubset: boolean): readonly Cell[] {
  const variants = isSubset ? VARIANTS.filter((_, index) => index === 0 || index >= 4) : VARIANTS;
  const tasks = TASK_VARIANTS.map((variant) => (isSubset ? { ...variant, operations: variant.operations.slice(-1) } : variant));
  const credentials = CREDENTIAL_VARIANTS.map((variant) => (isSubset ? { ...variant, operations: [variant.change] } : variant));
  return cellsOf([...variants, PIPELINE_VARIANT, ...tasks, ...credentials], isSubset);
}

/** Which cells are run. */
export interface CellSelection {
  readonly subset: boolean;
  /** A part of `variant, operation, fault`. */
  readonly only: string;
}

/** The cells of a selection, in the order of the matrix. */
export function selectedCells({ subset, only }: CellSelection): readonly Cell[] {
  return allCells(subset).filter(({ variant, operation, fault }) => `${variant}, ${operation}, ${fault}`.includes(only));
}

/** Calls of a variant, and what they meet. */
type MatrixRow = Pick<Variant, 'name' | 'operations' | 'later'>;

function cellsOf(variants: readonly MatrixRow[], isSubset: boolean): readonly Cell[] {
  return variants.flatMap(({ name: variant, operations, later = {} }) => [
    ...operations.flatMap((operation) => cellsOfCall({ variant, operation, nth: 1 }, isSubset)),
    ...(isSubset ? [] : Object.entries(later).flatMap(([operation, nth]) => cellsOfCall({ variant, operation, nth }, isSubset))),
    ...operations.filter((operation) => CHANGES.includes(operation)).map((operation) => ({ variant, operation, nth: 1, fault: LOST_AND_LATE, times: 1 as const })),
  ]);
}

function cellsOfCall(call: Omit<Cell, 'fault' | 'times'>, isSubset: boolean): readonly Cell[] {
  const times = isSubset ? ([1] as const) : ([1, 2] as const);
  return faultsAt(call.operation, isSubset).flatMap((fault) => times.map((count) => ({ ...call, fault, times: count })));
}

/** The faults that a call meets by itself. */
export function faultsAt(operation: string, isSubset: boolean): readonly string[] {
  if (isSubset) return ['status:503', 'html-200', 'reset-after', 'cut-body'];
  return operation.endsWith('.do') ? FAULTS : [...FAULTS, BAD_JSON];
}

/** The faults of a cell, as the emulator takes them. */
export function faultsOf({ operation, nth, fault, times }: Cell): readonly FaultInput[] {
  return fault.split(AND).map((kind) => ({ operation, kind, nth, count: times }));
}

/** The variant of a cell. */
export function variantOf({ variant }: Cell): Variant {
  const found = VARIANTS.find(({ name }) => name === variant);
  if (found === undefined) throw new Error(`no variant is called ${variant}`);
  return found;
}

function sandbox(): readonly Setting[] {
  return [
    { name: 'sandbox', value: 'feature' },
    { name: 'create-sandbox', value: null },
  ];
}
