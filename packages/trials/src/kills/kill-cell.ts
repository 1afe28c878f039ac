/**
 * When the process ends: its request is lost, or its answer is, or its body is half sent; `late`: its request is acted
 * on when somebody else has begun to go on.
 */
export type Moment = 'before' | 'after' | 'amid' | 'late';

/**
 * How somebody goes on: with the state file, from an empty workspace, or on a machine without the files. After a signal
 * that the process hears: as it printed, after a second signal, or with the next run when the scan was to be deleted;
 * a scan that the process did not create is not deleted. A command that has no state file: with the same words in the
 * same workspace.
 */
export type GoingOn = 'resume' | 'clean workspace' | 'wait' | 'as printed' | 'second signal' | 'deleted' | 'not deleted' | 'same command';

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
