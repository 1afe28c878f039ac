import type { Secret } from '../kernel/redact.js';

/** A pair as it is written down: with its region prefix where the platform of the region has one. @public */
export interface WritablePair {
  readonly apiId: string;
  readonly apiSecret: Secret;
}

/**
 * Where a new pair goes. Each method is a step of its own, so that what is lost when a process ends between two of
 * them can be said, and shown.
 *
 * @public
 */
export interface CredentialDestination {
  /** For people: `the profile "ci" of /home/ci/.veracode/credentials`. */
  readonly describe: string;
  /** When the pair outlives this process, for people; goes on after "until": `the command store has ended well`. */
  readonly safeOnce: string;
  /**
   * A pair that an earlier process wrote and did not live to put in place; null when there is none. Changes nothing.
   *
   * @throws LocalError
   */
  findUnfinished(): Promise<WritablePair | null>;
  /** Opens the place, clears away what a process left there that never had a pair, and proves that it can be written, before anything is sent. @throws LocalError */
  prove(): Promise<void>;
  /**
   * Writes the pair down; once this resolves the pair outlives the process and the machine's power.
   *
   * @returns where it stands now, for people
   * @throws LocalError
   */
  write(pair: WritablePair): Promise<string>;
  /** Lets the new pair take the place of the old one, after a signed call has proven it. @throws LocalError */
  commit(pair: WritablePair): Promise<void>;
  /** Gives back what `prove` has taken, here or in a process that was killed, if nothing was written. Called at the end, whatever it is. @throws LocalError */
  release(): Promise<void>;
  /** Takes away what {@link findUnfinished} found. @throws LocalError */
  discardUnfinished(): Promise<void>;
}
