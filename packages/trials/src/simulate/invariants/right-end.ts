import { EXIT_CODES } from '@verapipe/ci-kit';
import type { BuildView } from '@verapipe/emulator';

import { EPOCH_MS } from '../../world/virtual-time.js';
import type { PipelinePlan } from '../plan.js';
import type { Invariant, ProcessRecord, SeedRecord } from '../seed-record.js';
import { faultsMet } from './faults-met.js';
import { accountOf, journalOf } from './journal-of.js';

const MINUTE_MS = 60_000;

/** The longest pause between two looks at a scan. */
const LAST_WAIT_MS = 5 * MINUTE_MS;

/** Every process ends with a code of the table that fits, the job heals, and the next job is not in anybody's way. */
export const rightEnd: Invariant = (record) => [...record.processes.flatMap((process) => wrongCode(record, process)), ...notHealed(record)];

function wrongCode(record: SeedRecord, process: ProcessRecord): readonly string[] {
  const { result, pipeline, disturbance } = process;
  if (result === null) return [];
  const { exitCode } = result;
  if (!Object.hasOwn(EXIT_CODES, exitCode)) return [`${pipeline} ended with ${exitCode}, which is no code`];
  const why = result.kind === 'unjudged' ? ` (${result.failure.code}: ${result.failure.message} ${result.failure.stack ?? ''})` : '';
  const isRight = (): boolean => {
    switch (exitCode) {
      case 8:
      case 9:
      case 70:
        return false;
      case 2:
        // A `wait` without anything to wait for is the only wrong input.
        return process.command === 'wait';
      case 3:
        return hasMet(record, process, NO_ENTRY) || lostItsSandbox(record, process) || disturbance?.kind === 'clock-jump';
      case 4:
        return isRightlyBlocked(record, process);
      case 5:
        return faultsMet(record, process).size > 0;
      case 6:
        return failsAlways(record) || isOfSomebody(record, process) || sawADeletedBuild(record, process);
      case 7:
        return hasUsedItsTime(process);
      case 130:
        return disturbance?.kind === 'cancel';
      case 0:
      case 1:
        // Proof and judgement are another invariant's.
        return true;
    }
  };
  return isRight() ? [] : [`${pipeline} ended with ${exitCode}${why}`];
}

/** Nobody gives up before the deadline, but for the last wait that would have outlasted it. */
function hasUsedItsTime({ settings, startMs, endMs }: ProcessRecord): boolean {
  const minutes = Number(settings.find(({ name }) => name === 'timeout')?.value);
  return endMs - startMs >= minutes * MINUTE_MS - LAST_WAIT_MS;
}

/** Faults that take the rights away; a clock that jumps does as well, and who does not see a new profile yet says "Access denied." */
const NO_ENTRY = ['expired-credentials', 'clock-skew', 'status', 'stale-read'];

/** Whoever had made the sandbox took it away when its scan had failed; it may be listed still. */
function lostItsSandbox(record: SeedRecord, process: ProcessRecord): boolean {
  const sandboxes = record.snapshot.applications.flatMap((application) => application.sandboxes);
  const taken = sandboxes.filter(({ deleted }) => deleted).map(({ id }) => id);
  return journalOf(record, process).some(({ refusal, parameters }) => refusal === 'Access denied.' && taken.includes(parameters['sandbox_id'] ?? ''));
}

/** Somebody else's work is in the way, or somebody else's hand: a build of our own never is. */
function isRightlyBlocked(record: SeedRecord, process: ProcessRecord): boolean {
  const { plan } = record;
  if (process.command === 'wait' && process.result?.kind === 'unjudged' && process.result.failure.code === 'nothing-to-wait-for') return true;
  if (isOfOtherBytes(record, process)) return jobOf(record, process).attempts.some(({ isRebuilt }) => isRebuilt);
  if (sawADeletedBuild(record, process)) return true;
  const own = ownInTheWay(record, process);
  if (own !== undefined) return isKept(record, process) || isStray(own) || isOfSomebody(record, process);
  const isLeft = plan.scenario.applications?.some(({ builds }) => builds?.some(({ name }) => name === 'left by somebody')) === true;
  return isLeft || plan.rival !== null || plan.person.length > 0 || hasMet(record, process, ['deleted-build', 'cancelled-in-ui', 'duplicate-name', 'stuck-prescan', 'scan-failed']);
}

/**
 * A build that an earlier process of ours has deleted, on a cancel for example, may show still, or stand in the state
 * that is gone on from: whoever attaches to it finds it gone, and a file for it starts another one. It must really be.
 */
function sawADeletedBuild(record: SeedRecord, { result }: ProcessRecord): boolean {
  if (result?.kind !== 'unjudged' || !['strangers-build', 'build-deleted'].includes(result.failure.code)) return false;
  const named = [...result.failure.message.matchAll(/build (?:is )?(\d+)/giu)].map(([, id]) => id);
  return buildsOf(record).some(({ id, deleted }) => deleted && named.includes(id));
}

/** The build of the process' own account that is in its way: the one that it names, or that the platform's refusal meant. */
function ownInTheWay(record: SeedRecord, { result, pipeline, endMs }: ProcessRecord): BuildView | undefined {
  if (result?.kind !== 'unjudged') return undefined;
  const { message } = result.failure;
  const own = buildsOf(record).filter(({ submittedBy }) => submittedBy === accountOf({ pipeline }));
  const id = /\(build (\d+)/u.exec(message)?.[1];
  if (id !== undefined) return own.find((build) => build.id === id);
  if (!message.includes('new builds are allowed')) return undefined;
  const atMs = EPOCH_MS + endMs;
  const isAfter = (ms: number | null): boolean => ms === null || ms > atMs;
  return own.find(({ createdAtMs, deletedAtMs, publishedAtMs }) => createdAtMs <= atMs && isAfter(deletedAtMs) && isAfter(publishedAtMs));
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
  const builds = buildsOf(record);
  const isInTheWay = builds.some((build) => isUnfinished(build) && (build.submittedBy !== 'ours' || isKept(record, process)));
  const exitCode = result?.exitCode;
  if (exitCode === 3) return lostItsSandbox(record, process);
  if (exitCode === 6) return failsAlways(record) || isOfSomebody(record, process);
  if (isOfOtherBytes(record, process)) return exitCode === 4 && record.plan.ours.attempts.some(({ isRebuilt }) => isRebuilt);
  if (exitCode === 4) return isInTheWay || isOfSomebody(record, process);
  return exitCode === 7 && (isInTheWay || isStuck(record, process) || isBehindStray(record, process));
}

function buildsOf({ snapshot }: SeedRecord): readonly BuildView[] {
  return snapshot.applications.flatMap((application) => application.builds);
}

function jobOf({ plan }: SeedRecord, { pipeline }: ProcessRecord): PipelinePlan {
  return pipeline === 'rival' && plan.rival !== null ? plan.rival : plan.ours;
}

function failsAlways({ plan }: SeedRecord): boolean {
  const [scan] = plan.scenario.scans ?? [];
  return scan?.prescanOutcome !== 'success' || scan.scanOutcome !== 'results-ready';
}

function hasMet(record: SeedRecord, process: ProcessRecord, kinds: readonly string[]): boolean {
  const met = faultsMet(record, process);
  return kinds.some((kind) => met.has(kind));
}

/** Somebody at the site, the platform by itself, or a rival that may delete, did something to a build. */
function isOfSomebody(record: SeedRecord, process: ProcessRecord): boolean {
  const { person, rival } = record.plan;
  const mayDelete = rival?.settings.some(({ name, value }) => name === 'delete-incomplete' && value !== 'own-failed') === true;
  return mayDelete || person.some(({ act }) => act !== 'delay-policy') || hasMet(record, process, ['cancelled-in-ui', 'deleted-build', 'scan-failed', 'stuck-prescan']);
}

function isStuck(record: SeedRecord, process: ProcessRecord): boolean {
  return record.plan.person.some(({ act }) => act === 'stick-prescan') || hasMet(record, process, ['stuck-prescan']);
}

/**
 * Our build was gone amid an upload, because somebody had deleted it, or an attempt of ours whose deletion does not show;
 * the platform started another one for the file, and whoever uploaded was killed or lost its rights before it could
 * clear up. Who waits for a turn waits for that build, which nobody can tell from one that was made by hand; without
 * `wait-turn` the run ends with 4 and says which one it is.
 */
function isBehindStray(record: SeedRecord, process: ProcessRecord): boolean {
  const builds = buildsOf(record);
  const wasCut = record.processes.some(({ result }) => result === null || [3, 130].includes(result.exitCode));
  const wasDeleted = isOfSomebody(record, process) || builds.some(({ deletedBy }) => deletedBy === 'ours');
  return wasCut && wasDeleted && builds.some((build) => isUnfinished(build) && isStray(build));
}

function isStray({ events }: BuildView): boolean {
  return events.some(({ kind }) => kind === 'created-by-upload');
}

/** Files that were compiled anew do not go into a scan that runs with the ones from before, or begins and does not show it. */
function isOfOtherBytes(record: SeedRecord, process: ProcessRecord): boolean {
  const { result } = process;
  if (result?.kind !== 'unjudged') return false;
  const isTooLate = result.failure.code === 'refused' && journalOf(record, process).some(({ operation, refusal }) => operation === 'removefile.do' && refusal !== null);
  return isTooLate || result.failure.code === 'own-build-differs';
}

function isUnfinished({ deleted, status }: BuildView): boolean {
  return !deleted && status !== 'Results Ready';
}

/** A build of our own may be in the way of the next job: where that is wanted, or where the platform did not end it. */
function isKept(record: SeedRecord, { pipeline }: ProcessRecord): boolean {
  const { plan, processes } = record;
  const heal = processes.find((process) => process.pipeline === 'heal');
  const isWanted = plan.ours.settings.some(({ name }) => name === 'keep');
  return pipeline === 'next' && (isWanted || heal?.result?.exitCode === 7 || (heal !== undefined && isOfOtherBytes(record, heal)));
}
