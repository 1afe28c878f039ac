import type { BuildView, SandboxView } from '@verapipe/emulator';

import { EPOCH_MS } from '../../world/virtual-time.js';
import type { Invariant, SeedRecord } from '../seed-record.js';

/** Milliseconds between a look at the newest build and the arrival of the call that acts on it: nobody can close this gap. */
const GAP_MS = 2000;

/** Times of the wall and of a world differ by less, from rounding. */
const SAME_MS = 1;

/** The longest that a request of a killed process is under way. */
const LATE_MS = 60_000;

/** Nobody else's build is changed, begun or deleted, unless the option says that it may be deleted. */
export const othersUntouched: Invariant = (record) => {
  const builds = record.snapshot.applications.flatMap((application) => application.builds);
  const sandboxes = record.snapshot.applications.flatMap((application) => application.sandboxes);
  return [
    ...['ours', 'rival'].flatMap((account) => builds.filter(({ submittedBy }) => submittedBy !== account).flatMap((build) => touches(record, account, build))),
    ...sandboxes.flatMap((sandbox) => wronglyDeleted(record, sandbox)),
  ];
};

/** A sandbox goes only by who made it, in a run whose scan failed for good and that was not told to keep it, and empty. */
function wronglyDeleted(record: SeedRecord, { id, name, owner, createdAtMs, deletedBy, deletedAtMs }: SandboxView): readonly string[] {
  if (deletedBy === null || deletedAtMs === null) return [];
  const deed = `${deletedBy} deleted sandbox ${id} (${name}) of ${owner}`;
  const isOurs = deletedBy === owner && createdAtMs >= EPOCH_MS;
  // The last request of a process that was killed may arrive after its end.
  const atMs = deletedAtMs - EPOCH_MS;
  const culprits = record.processes.filter(
    ({ pipeline, startMs, endMs, result }) => (pipeline === 'rival') === (deletedBy === 'rival') && startMs - SAME_MS <= atMs && atMs <= endMs + (result === null ? LATE_MS : SAME_MS),
  );
  const mayDo = culprits.some(({ result, settings }) => (result === null || result.exitCode === 6) && !settings.some(({ name }) => name === 'keep'));
  const builds = record.snapshot.applications.flatMap((application) => application.builds);
  const lost = builds.filter((build) => build.sandboxId === id && build.deletedAtMs === deletedAtMs && build.createdAtMs < deletedAtMs - GAP_MS && !wasDeletedBefore(record, id, deletedAtMs));
  return [
    ...(isOurs ? [] : [`${deed}, which it had not made`]),
    ...(mayDo ? [] : [`${deed} in a run that did not end with 6, or was to keep it`]),
    ...lost.map((build) => `${deed} with build ${build.id} (${build.name}) of ${build.submittedBy} in it`),
  ];
}

/** Over sockets no time passes between the deletion of a build and that of its sandbox: the journal knows the order. */
function wasDeletedBefore({ journal }: SeedRecord, sandboxId: string, atMs: number): boolean {
  return journal.some(
    ({ operation, acted, parameters, emulatedMs }) => operation === 'deletebuild.do' && acted && parameters['sandbox_id'] === sandboxId && Math.abs(emulatedMs - atMs) < SAME_MS,
  );
}

function touches(record: SeedRecord, account: string, build: BuildView): readonly string[] {
  const faults: string[] = [];
  if (build.deletedBy === account && !mayDelete(record, account, build) && !wasSwapped(record, account, build, build.deletedAtMs ?? 0)) {
    faults.push(`${account} deleted build ${build.id} (${build.name}, ${build.status}) of ${build.submittedBy}`);
  }
  if (build.files.some(({ uploadedBy }) => uploadedBy === account) && !build.deleted && !wasDisturbed(record, account)) {
    faults.push(`${account} left a file in build ${build.id} of ${build.submittedBy}`);
  }
  for (const { kind, by, atMs } of build.events) {
    const isChange = kind === 'prescan-begun' || kind === 'scan-begun' || kind === 'updated';
    if (isChange && by === account && !wasSwapped(record, account, build, atMs)) faults.push(`${account} did ${kind} to build ${build.id} of ${build.submittedBy}`);
  }
  return faults;
}

/** `not-running` takes what does not run, `any` whatever has no results. */
function mayDelete({ plan }: SeedRecord, account: string, build: BuildView): boolean {
  const pipeline = account === 'ours' ? plan.ours : plan.rival;
  const value = pipeline?.settings.find(({ name }) => name === 'delete-incomplete')?.value;
  if (value === 'any') return build.status !== 'Results Ready';
  const dead = ['Incomplete', 'Pre-Scan Failed', 'Pre-Scan Cancelled', 'No Modules Defined', 'Not Submitted to Engine', 'Scan Errors', 'Scan Internal Error', 'Scan Cancelled'];
  return value === 'not-running' && dead.includes(build.status);
}

/** Who is killed or cut off between the upload and the look at its answer cannot take the file out. */
function wasDisturbed({ processes }: SeedRecord, account: string): boolean {
  return processes.some(({ result, pipeline }) => (pipeline === account || pipeline === 'heal') && (result === null || [3, 5, 7, 130].includes(result.exitCode)));
}

/** The build that was looked at was taken away by somebody, and this one had its place, in the very moment of the call. */
function wasSwapped(record: SeedRecord, account: string, build: BuildView, atMs: number): boolean {
  const builds = record.snapshot.applications.flatMap((application) => application.builds);
  return builds.some(
    ({ id, deletedBy, deletedAtMs }) =>
      id !== build.id && deletedBy !== account && deletedAtMs !== null && deletedAtMs >= atMs - GAP_MS && deletedAtMs <= atMs,
  );
}
