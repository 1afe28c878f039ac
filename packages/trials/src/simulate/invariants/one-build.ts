import type { BuildView } from '@verapipe/emulator';

import { EPOCH_MS } from '../../world/virtual-time.js';
import type { Invariant, ProcessRecord, SeedRecord } from '../seed-record.js';

/** Times of the wall and of a world differ by less, from rounding. */
const SAME_MS = 1;

/** At most one live build for each run, no stray build, and every file once in it. */
export const oneBuild: Invariant = (record) => ['ours', 'rival'].flatMap((account) => ofAccount(record, account));

function ofAccount(record: SeedRecord, account: string): readonly string[] {
  const builds = record.snapshot.applications.flatMap((application) => application.builds).filter(({ submittedBy }) => submittedBy === account);
  const byRun = groupByRun(builds);
  return [...[...byRun].flatMap(([run, ofRun]) => overlaps(record, run, ofRun)), ...builds.flatMap((build) => ofBuild(record, build))];
}

/** Scan names end in a number where the plain one was used: `jenkins ours 17 (2)`. */
function groupByRun(builds: readonly BuildView[]): ReadonlyMap<string, readonly BuildView[]> {
  const byRun = new Map<string, BuildView[]>();
  for (const build of builds) {
    const run = build.name.replace(/ \(\d+\)$/, '');
    byRun.set(run, [...(byRun.get(run) ?? []), build]);
  }
  return byRun;
}

function overlaps(record: SeedRecord, run: string, builds: readonly BuildView[]): readonly string[] {
  const ordered = builds.toSorted((one, other) => one.createdAtMs - other.createdAtMs);
  return ordered.slice(1).flatMap((build, index) => {
    const before = ordered[index];
    const isAlive = before !== undefined && !(before.deletedAtMs !== null && before.deletedAtMs <= build.createdAtMs);
    return isAlive && !hasEndedWithOtherBytes(record, before, build) ? [`run "${run}" made build ${build.id} while its build ${before.id} was there`] : [];
  });
}

/** Files that were compiled anew are a scan of their own once the one before has ended. */
function hasEndedWithOtherBytes(record: SeedRecord, before: BuildView, build: BuildView): boolean {
  const maker = makerOf(record, build);
  const hasEnded = before.publishedAtMs !== null && before.publishedAtMs <= build.createdAtMs;
  return hasEnded && maker !== undefined && !maker.files.some(({ sha256 }) => before.files.some((file) => file.sha256 === sha256));
}

/**
 * The process that made a build; a later one may have brought other files into it. Over sockets several processes share a
 * moment: then it is the one in whose time the build appeared. What a killed process has sent may appear after its end.
 */
function makerOf({ processes }: SeedRecord, { submittedBy, id, createdAtMs }: BuildView): ProcessRecord | undefined {
  const atMs = createdAtMs - EPOCH_MS;
  const inTime = processes.filter(
    ({ pipeline, startMs, endMs }) => (pipeline === 'rival') === (submittedBy === 'rival') && startMs - SAME_MS <= atMs && atMs <= endMs + SAME_MS,
  );
  return inTime.find(({ newBuilds }) => newBuilds.includes(id)) ?? inTime[0];
}

function ofBuild(record: SeedRecord, build: BuildView): readonly string[] {
  const names = build.files.map(({ name }) => name);
  const faults: string[] = [];
  if (build.scansBegun > 1) faults.push(`${build.scansBegun} scans of build ${build.id} were begun`);
  if (build.scansBegun > 0 && new Set(names).size !== names.length) faults.push(`build ${build.id} holds a file twice: ${names.join(', ')}`);
  const isStray = build.events.some(({ kind }) => kind === 'created-by-upload');
  if (isStray && !build.deleted && !wasCut(record, build)) faults.push(`build ${build.id} was started by an upload and left`);
  return faults;
}

/** Who is killed, cancelled or out of time cannot clear up. */
function wasCut({ processes }: SeedRecord, build: BuildView): boolean {
  return processes.some(
    ({ result, pipeline }) => (result === null || [3, 5, 7, 130].includes(result.exitCode)) && (pipeline === build.submittedBy || pipeline === 'heal'),
  );
}
