import type { RandomSource } from '@verapipe/core';

/** What stands for CI and run in a scan's name where there is no CI. */
export interface OutsideIdentity {
  readonly ci: 'local';
  /** Time (UTC) and four random bytes: unique, as nothing else tells one run from another. */
  readonly run: string;
}

/**
 * The identity of a run outside of every CI that we know: made once for each run, so that a second run is never taken
 * for the first one. A run is continued by its state file only.
 *
 * @param nowMs - wall time
 */
export function outsideIdentity(nowMs: number, random: RandomSource): OutsideIdentity {
  const time = new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return { ci: 'local', run: `${time} ${Buffer.from(random.bytes(4)).toString('hex')}` };
}
