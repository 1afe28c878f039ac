import type { BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { compileNamePattern } from '../domain/name-pattern.js';
import type { ScanRequest } from '../domain/scan-request.js';

/** What a run is called, and what it is allowed to do about builds in its way. @public */
export type RoomRules = Pick<ScanRequest, 'scanName' | 'scanNameSuffixes' | 'earlierScanNames' | 'deleteIncomplete' | 'waitTurn' | 'keepFailedBuild'>;

/** The names that mark a build as this run's, the plain one first. */
export function scanNames({ scanName, scanNameSuffixes }: Pick<RoomRules, 'scanName' | 'scanNameSuffixes'>): readonly string[] {
  return [scanName, ...scanNameSuffixes.map((suffix) => `${scanName}${suffix}`)];
}

/**
 * What a run would do about the newest build of its context, seen from before it begins: its own it goes on with, or
 * clears away once it has failed. Pure.
 *
 * @public
 */
export function wayOfRun(rules: RoomRules, latest: Pick<BuildInfo, 'name' | 'status'>): 'free' | 'go-on' | 'start-over' | 'delete' | 'wait' | 'blocked' {
  const phase = phaseOf(latest.status);
  if (phase === 'finished' || !scanNames(rules).includes(latest.name)) return wayRound(rules, latest);
  return phase === 'failed' && !rules.keepFailedBuild ? 'start-over' : 'go-on';
}

/** What a run may do about the newest build of its context, so that it can make its own. */
export function wayRound(rules: RoomRules, latest: Pick<BuildInfo, 'name' | 'status'>): 'free' | 'delete' | 'wait' | 'blocked' {
  if (phaseOf(latest.status) === 'finished') return 'free';
  if (mayDelete(rules, latest)) return 'delete';
  return rules.waitTurn ? 'wait' : 'blocked';
}

/** The table of the vendor's wrapper: its level 1 is `not-running`, its level 2 is `any`. */
export function mayDelete(rules: RoomRules, { name, status }: Pick<BuildInfo, 'name' | 'status'>): boolean {
  const phase = phaseOf(status);
  const deadEnd = phase === 'failed' || phase === 'editing' || status === 'not-submitted-to-engine';
  switch (rules.deleteIncomplete) {
    case 'never':
      return false;
    case 'own-failed':
      return deadEnd && isOfThisJob(rules, name);
    case 'not-running':
      return deadEnd;
    case 'any':
      return phase !== 'finished';
  }
}

function isOfThisJob(rules: RoomRules, name: string): boolean {
  return scanNames(rules).includes(name) || (rules.earlierScanNames !== null && compileNamePattern(rules.earlierScanNames).test(name));
}
