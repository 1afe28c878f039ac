import { VARIANTS, type Variant } from '../faults/cells.js';
import { accountCells } from './account-changes.js';
import { IN_COMMAND, pairCells } from './credential-changes.js';
import type { GoingOn, KillCell, Moment } from './kill-cell.js';
import { KILLED_COMMANDS, type KilledCommand } from './killed-commands.js';

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

const SEGMENT = 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}';

/** Of the commands that are given again, what continuous integration has time for. */
const IN_SUBSET: readonly (readonly [variant: string, end: string])[] = [
  ['pipeline scan', `amid ${SEGMENT} 2`],
  ['pipeline scan', 'after PUT /pipeline_scan/v1/scans/{scan_id} 1'],
  ['sandbox create', 'after POST /appsec/v1/applications/{guid}/sandboxes 1'],
  ['sandbox promote', 'after POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote 1'],
  ['credentials rotate to a profile, the old pair ends 24h', 'after POST /api/authn/v2/api_credentials 1'],
  ['credentials rotate to a profile, the old pair ends at-once', 'before GET /api/authn/v2/api_credentials 2'],
  ['credentials rotate to a profile, the old pair ends at-once', 'before rename 1'],
  ['credentials rotate to a command, the old pair ends at-once', `amid ${IN_COMMAND} 1`],
  ['credentials rotate to a descriptor, the old pair ends at-once', 'after fd.write 2'],
  ['credentials generate to a profile, the old pair ends at-once', 'after POST /api/authn/v2/api_credentials/user_id/{user} 1'],
  ['credentials revoke', 'after DELETE /api/authn/v2/api_credentials/{api_id} 1'],
  ['credentials create-service-account', 'after POST /api/authn/v2/users 1'],
];

/** Every cell, or the fixed selection that continuous integration has time for. */
export function killCells(isSubset: boolean): readonly KillCell[] {
  const variants = VARIANTS.filter(({ name }) => KILLED_VARIANTS.includes(name));
  const cells = [...variants.flatMap(deadlyCells), ...signalCells(variants), ...KILLED_COMMANDS.flatMap(commandCells), ...pairCells(), ...accountCells()];
  return isSubset ? cells.filter(isInSubset) : cells;
}

function isInSubset({ variant, signal, step, nth, moment, goingOn }: KillCell): boolean {
  if (signal === 'SIGTERM') return step === 'uploadlargefile.do' && nth === 1 && moment === 'amid' && variant !== 'modules by pattern';
  if (goingOn === 'same command') return IN_SUBSET.some(([ofCommand, given]) => variant === ofCommand && `${moment} ${step} ${nth}` === given);
  return variant === 'policy, new profile' && moment !== 'late' && goingOn !== 'resume' && /^(?:create|upload|begin)/.test(step);
}

/** Every call of a command that is given again. Reads have no late effect. */
function commandCells({ name: variant, operations }: KilledCommand): readonly KillCell[] {
  return operations.flatMap((step) =>
    (step === SEGMENT ? [1, 2] : [1]).flatMap((nth) =>
      commandMomentsOf(step).map((moment) => ({ variant, step, nth, moment, signal: 'SIGKILL' as const, goingOn: 'same command' as const })),
    ),
  );
}

function commandMomentsOf(step: string): readonly Moment[] {
  if (step === SEGMENT) return ['before', 'amid', 'after'];
  return /^(?:POST|PUT) /.test(step) ? ['before', 'after', 'late'] : ['before', 'after'];
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
