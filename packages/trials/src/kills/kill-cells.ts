import { VARIANTS, type Variant } from '../faults/cells.js';

/** When the process dies: the request is lost, or its answer is, or its body is half sent. */
export type Moment = 'before' | 'after' | 'amid';

/** How somebody goes on: with the state file, from an empty workspace, or on a machine without the files. */
export type GoingOn = 'resume' | 'clean workspace' | 'wait';

/** One death and one way to go on. */
export interface KillCell {
  readonly variant: string;
  /** The call at which the process dies. */
  readonly step: string;
  /** Which call of that name. */
  readonly nth: number;
  readonly moment: Moment;
  readonly goingOn: GoingOn;
}

/** The variants whose calls are all there are. */
const KILLED_VARIANTS = ['policy, new profile', 'sandbox, existing profile', 'modules by pattern', 'a dead build in the way'];

/** From here on another machine can go on without the files. */
const AFTER_UPLOAD = ['beginprescan.do', 'getprescanresults.do', 'beginscan.do', 'getbuildinfo.do', 'detailedreport.do'];

/** Every cell, or the fixed selection that continuous integration has time for. */
export function killCells(isSubset: boolean): readonly KillCell[] {
  const variants = VARIANTS.filter(({ name }) => (isSubset ? name === 'policy, new profile' : KILLED_VARIANTS.includes(name)));
  const cells = variants.flatMap(cellsOf);
  return isSubset ? cells.filter(({ step, goingOn }) => goingOn !== 'resume' && /^(?:create|upload|begin)/.test(step)) : cells;
}

function cellsOf({ name, operations }: Variant): readonly KillCell[] {
  const steps = operations.filter((operation) => operation.endsWith('.do')).flatMap((step) => (step === 'uploadlargefile.do' ? [[step, 1], [step, 2]] : [[step, 1]]) as [string, number][]);
  return steps.flatMap(([step, nth]) =>
    momentsOf(step).flatMap((moment) => waysOf(step, operations).map((goingOn) => ({ variant: name, step, nth, moment, goingOn }))),
  );
}

function momentsOf(step: string): readonly Moment[] {
  return step === 'uploadlargefile.do' ? ['before', 'amid', 'after'] : ['before', 'after'];
}

function waysOf(step: string, operations: readonly string[]): readonly GoingOn[] {
  // Where a build is in the way, its state is read before anything is uploaded.
  const isEarly = step === 'getbuildinfo.do' && operations.includes('deletebuild.do');
  return AFTER_UPLOAD.includes(step) && !isEarly ? ['resume', 'clean workspace', 'wait'] : ['resume', 'clean workspace'];
}
