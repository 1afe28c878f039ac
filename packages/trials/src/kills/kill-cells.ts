import { VARIANTS, type Variant } from '../faults/cells.js';

/**
 * When the process ends: its request is lost, or its answer is, or its body is half sent; `late`: its request is acted
 * on when somebody else has begun to go on.
 */
export type Moment = 'before' | 'after' | 'amid' | 'late';

/**
 * How somebody goes on: with the state file, from an empty workspace, or on a machine without the files. After a signal
 * that the process hears: as it printed, after a second signal, or with the next run when the scan was to be deleted;
 * a scan that the process did not create is not deleted.
 */
export type GoingOn = 'resume' | 'clean workspace' | 'wait' | 'as printed' | 'second signal' | 'deleted' | 'not deleted';

/** One end of a process and one way to go on. */
export interface KillCell {
  readonly variant: string;
  /** The call at which the process ends. */
  readonly step: string;
  /** Which call of that name. */
  readonly nth: number;
  readonly moment: Moment;
  readonly signal: 'SIGKILL' | 'SIGTERM';
  readonly goingOn: GoingOn;
}

/** The variants whose calls are all there are. */
const DEAD_BUILD = 'a dead build in the way';
const KILLED_VARIANTS = ['policy, new profile', 'sandbox, existing profile', 'modules by pattern', DEAD_BUILD];

/** From here on another machine can go on without the files. */
const AFTER_UPLOAD = ['beginprescan.do', 'getprescanresults.do', 'beginscan.do', 'getbuildinfo.do', 'detailedreport.do'];

/** Calls that the platform refuses a second time, so that a late one does no harm. A late upload is a second upload to anybody. */
const HARMLESS_WHEN_LATE = ['createapp.do', 'createsandbox.do', 'createbuild.do', 'beginprescan.do', 'beginscan.do'];

/** Where a scan of ours may be deleted, and one that it is not must not be. */
const DELETED_AT: readonly (readonly [step: string, nth: number, moment: Moment])[] = [
  ['createbuild.do', 1, 'before'],
  ['createbuild.do', 1, 'after'],
  ['uploadlargefile.do', 1, 'amid'],
  ['uploadlargefile.do', 2, 'after'],
  ['beginprescan.do', 1, 'after'],
  ['getbuildinfo.do', 1, 'before'],
];

/** Every cell, or the fixed selection that continuous integration has time for. */
export function killCells(isSubset: boolean): readonly KillCell[] {
  const variants = VARIANTS.filter(({ name }) => KILLED_VARIANTS.includes(name));
  const cells = [...variants.flatMap(deadlyCells), ...signalCells(variants)];
  return isSubset ? cells.filter(isInSubset) : cells;
}

function isInSubset({ variant, signal, step, nth, moment, goingOn }: KillCell): boolean {
  if (signal === 'SIGTERM') return step === 'uploadlargefile.do' && nth === 1 && moment === 'amid' && variant !== 'modules by pattern';
  return variant === 'policy, new profile' && moment !== 'late' && goingOn !== 'resume' && /^(?:create|upload|begin)/.test(step);
}

function deadlyCells(variant: Variant): readonly KillCell[] {
  return stepsOf(variant).flatMap(({ step, nth }) =>
    momentsOf(step).flatMap((moment) =>
      waysOf(variant, step, nth).map((goingOn) => ({ variant: variant.name, step, nth, moment, signal: 'SIGKILL' as const, goingOn })),
    ),
  );
}

/** Windows delivers no signal that a process could hear. */
function signalCells(variants: readonly Variant[]): readonly KillCell[] {
  if (process.platform === 'win32') return [];
  const signal = 'SIGTERM' as const;
  const heard = variants.flatMap((variant) =>
    stepsOf(variant).flatMap(({ step, nth }) =>
      momentsOf(step)
        .filter((moment) => moment !== 'late')
        .map((moment) => ({ variant: variant.name, step, nth, moment, signal, goingOn: 'as printed' as const })),
    ),
  );
  const atOnce = { variant: 'policy, new profile', step: 'uploadlargefile.do', nth: 1, moment: 'amid', signal, goingOn: 'second signal' } as const;
  const deleted = DELETED_AT.map(([step, nth, moment]) => ({ variant: 'policy, existing profile', step, nth, moment, signal, goingOn: 'deleted' as const }));
  const kept = { variant: 'policy, existing profile', step: 'getbuildinfo.do', nth: 1, moment: 'before', signal, goingOn: 'not deleted' } as const;
  return [...heard, atOnce, ...deleted, kept];
}

/** The calls of the workflow that the XML API serves, and which of each name. */
function stepsOf(variant: Variant): readonly { readonly step: string; readonly nth: number }[] {
  return variant.operations.filter((operation) => operation.endsWith('.do')).flatMap((step) => occurrencesOf(variant, step).map((nth) => ({ step, nth })));
}

/** With a dead build in the way a new one is refused first; then the dead one is looked at, and once more before it goes. */
function occurrencesOf({ name }: Variant, step: string): readonly number[] {
  if (step === 'uploadlargefile.do') return [1, 2];
  if (name === DEAD_BUILD && step === 'createbuild.do') return [1, 2];
  return name === DEAD_BUILD && step === 'getbuildinfo.do' ? [1, 2, 3] : [1];
}

function momentsOf(step: string): readonly Moment[] {
  if (step === 'uploadlargefile.do') return ['before', 'amid', 'after'];
  return HARMLESS_WHEN_LATE.includes(step) ? ['before', 'after', 'late'] : ['before', 'after'];
}

function waysOf({ name }: Variant, step: string, nth: number): readonly GoingOn[] {
  const isAfterUpload = AFTER_UPLOAD.includes(step) && !(name === DEAD_BUILD && step === 'getbuildinfo.do' && nth < 3);
  return isAfterUpload ? ['resume', 'clean workspace', 'wait'] : ['resume', 'clean workspace'];
}
