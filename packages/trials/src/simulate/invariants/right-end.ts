import { EXIT_CODES } from '@verapipe/ci-kit';
import type { BuildView } from '@verapipe/emulator';

import type { Invariant, ProcessRecord, SeedRecord } from '../seed-record.js';

/** Every process ends with a code of the table that fits, the job heals, and the next job is not in anybody's way. */
export const rightEnd: Invariant = (record) => [...record.processes.flatMap(wrongCode), ...notHealed(record)];

function wrongCode({ result, pipeline, settings }: ProcessRecord): readonly string[] {
  if (result === null) return [];
  const { exitCode } = result;
  if (!Object.hasOwn(EXIT_CODES, exitCode)) return [`${pipeline} ended with ${exitCode}, which is no code`];
  const why = result.kind === 'unjudged' ? ` (${result.failure.code}: ${result.failure.message} ${result.failure.stack ?? ''})` : '';
  if ([70, 8, 9].includes(exitCode)) return [`${pipeline} ended with ${exitCode}${why}`];
  // A `wait` without anything to wait for is the only wrong input.
  if (exitCode === 2 && !settings.every((name) => name === 'timeout')) return [`${pipeline} ended with 2${why}`];
  return [];
}

function notHealed(record: SeedRecord): readonly string[] {
  const heal = record.processes.find(({ pipeline }) => pipeline === 'heal');
  const next = record.processes.find(({ pipeline }) => pipeline === 'next');
  return [...(heal === undefined ? [] : ofLast(record, heal)), ...(next === undefined ? [] : ofLast(record, next))];
}

/** Without faults only the platform's own state can keep a run from its verdict. */
function ofLast(record: SeedRecord, process: ProcessRecord): readonly string[] {
  const { result, pipeline } = process;
  if (result === null) return [`${pipeline} was killed`];
  if (result.kind === 'judged') return [];
  if (isExcused(record, process)) return [];
  const why = result.kind === 'unjudged' ? `${result.failure.code}: ${result.failure.message}` : result.kind;
  return [`${pipeline} came to no verdict: exit ${result.exitCode}, ${why}`];
}

function isExcused(record: SeedRecord, process: ProcessRecord): boolean {
  const { result } = process;
  const [scan] = record.plan.scenario.scans ?? [];
  const failsAlways = scan?.prescanOutcome !== 'success' || scan.scanOutcome !== 'results-ready';
  const builds = record.snapshot.applications.flatMap((application) => application.builds);
  const isInTheWay = builds.some((build) => isUnfinished(build) && (build.submittedBy !== 'ours' || isKept(record, process)));
  const exitCode = result?.exitCode;
  if (exitCode === 6) return failsAlways || isOfUser(record);
  if (isOfOtherBytes(process)) return exitCode === 4 && record.plan.ours.attempts.some(({ isRebuilt }) => isRebuilt);
  if (exitCode === 4) return isInTheWay || isOfUser(record) || failsAlways;
  return exitCode === 7 && (isInTheWay || isStuck(record) || isBehindStray(record, builds));
}

/** Somebody at the site, or the platform by itself, did something to a build. */
function isOfUser({ plan }: SeedRecord): boolean {
  return plan.person.length > 0 || plan.faults.some(({ kind }) => ['cancelled-in-ui', 'deleted-build', 'scan-failed', 'stuck-prescan'].includes(kind));
}

function isStuck({ plan }: SeedRecord): boolean {
  return plan.person.some(({ act }) => act === 'stick-prescan') || plan.faults.some(({ kind }) => kind === 'stuck-prescan');
}

/**
 * Somebody deleted our build amid an upload, the platform started another one for it, and whoever uploaded was killed or
 * lost its rights before it could clear up. Who waits for a turn waits for that build, which nobody can tell from one
 * that was made by hand; without `wait-turn` the run ends with 4 and says which one it is.
 */
function isBehindStray(record: SeedRecord, builds: readonly BuildView[]): boolean {
  const isStray = (build: BuildView): boolean => isUnfinished(build) && build.events.some(({ kind }) => kind === 'created-by-upload');
  const wasCut = record.processes.some(({ result }) => result === null || [3, 130].includes(result.exitCode));
  return wasCut && isOfUser(record) && builds.some(isStray);
}

/** Files that were compiled anew do not go into a scan that runs with the ones from before. */
function isOfOtherBytes({ result }: ProcessRecord): boolean {
  return result?.kind === 'unjudged' && result.failure.code === 'own-build-differs';
}

function isUnfinished({ deleted, status }: BuildView): boolean {
  return !deleted && status !== 'Results Ready';
}

/** A build of our own may be in the way of the next job: where that is wanted, or where the platform did not end it. */
function isKept({ plan, processes }: SeedRecord, { pipeline }: ProcessRecord): boolean {
  const heal = processes.find((process) => process.pipeline === 'heal');
  const isWanted = plan.ours.settings.some(({ name }) => name === 'keep');
  return pipeline === 'next' && (isWanted || heal?.result?.exitCode === 7 || (heal !== undefined && isOfOtherBytes(heal)));
}
