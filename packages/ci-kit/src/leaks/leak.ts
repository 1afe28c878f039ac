import type { PipelineSystem } from '../pipelines/pipeline-system.js';

/** What was found: the values themselves are known to nobody. */
export type LeakKind =
  /** What looks like an API secret key. */
  | 'api-key'
  /** What looks like an API id beside its name. */
  | 'api-id'
  /** A line of a credentials file, or of another file of the vendor's tools. */
  | 'profile'
  /** A value after `-vid`, `-vkey` and their kin. */
  | 'argument'
  /** A variable after these: nothing has leaked yet, but whoever lists processes on the agent reads it. */
  | 'secret-as-argument';

/** One place. */
export interface Leak {
  /** 1-based. */
  readonly line: number;
  readonly kind: LeakKind;
  /** True where a comment on the line says that this is meant. */
  readonly allowed: boolean;
}

/** One place in one of the files that were searched. */
export interface LeakPlace extends Omit<Leak, 'allowed'> {
  /** As the user would open it, `/` between folders. */
  readonly path: string;
  /** The CI that the file is of; null for any other file. */
  readonly system: PipelineSystem | null;
}

/** A place that does not count, and why. */
export interface SuppressedLeak extends LeakPlace {
  readonly by: 'comment' | 'pattern';
}

/** For people. */
export const LEAK_WORDS: Readonly<Record<LeakKind, string>> = {
  'api-key': 'an API secret key',
  'api-id': 'an API id',
  profile: 'credentials as in a credentials file',
  argument: 'credentials as an argument of a command',
  'secret-as-argument': 'a secret handed over as an argument',
};
