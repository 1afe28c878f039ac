import type { RunResult } from '@verapipe/ci-kit';
import type { BuildView, JournalEntry, PlatformSnapshot } from '@verapipe/emulator';

import { ARTIFACTS, type Cell, type Variant } from './cells.js';

/** How a cell ended: made up for; failed with a fitting code and nothing left behind; or neither. */
export type CellOutcome = 'healed' | 'loud' | 'WRONG';

/** A cell and its end. */
export interface JudgedCell extends Cell {
  readonly outcome: CellOutcome;
  readonly exitCode: number;
  /** What is wrong; empty unless the outcome is. */
  readonly why: readonly string[];
}

/** What is known of a cell. The client's own words are not among it, but for its exit code. */
export interface CellFacts {
  readonly cell: Cell;
  readonly variant: Variant;
  readonly result: RunResult;
  readonly before: { readonly snapshot: PlatformSnapshot; readonly journal: readonly JournalEntry[] };
  /** The next run of the job; null when none was needed. */
  readonly next: RunResult | null;
}

/** Codes that fit a fault of the wire: the platform's or the network's trouble, or out of time. */
export const FITTING_CODES: readonly number[] = [5, 7];

/** Calls that may take effect once in a run. */
const ONCE = ['createapp.do', 'createsandbox.do', 'createbuild.do', 'deletebuild.do', 'removefile.do', 'beginprescan.do', 'beginscan.do'];

/** Judges a cell by the platform's state and journal. Pure. */
export function judgeCell({ cell, variant, result, before, next }: CellFacts): JudgedCell {
  const { exitCode } = result;
  const wrong = exitCode === 0 ? notDoneOnce(variant, before) : [...actedTwice(before.journal), ...notLoud(exitCode, next)];
  const outcome: CellOutcome = wrong.length > 0 ? 'WRONG' : exitCode === 0 ? 'healed' : 'loud';
  return { ...cell, outcome, exitCode, why: wrong };
}

/** What is wrong with the platform after a green run. Pure. */
export function notDoneOnce(variant: Variant, { snapshot, journal }: CellFacts['before']): readonly string[] {
  return [...actedTwice(journal), ...notDone(variant, snapshot)];
}

function actedTwice(journal: readonly JournalEntry[]): readonly string[] {
  const acted = (operation: string): number => journal.filter((entry) => entry.operation === operation && entry.acted).length;
  const faults = ONCE.filter((operation) => acted(operation) > 1).map((operation) => `${operation} took effect ${acted(operation)} times`);
  const uploads = acted('uploadlargefile.do');
  return uploads > ARTIFACTS.length ? [...faults, `${uploads} uploads took effect for ${ARTIFACTS.length} files`] : faults;
}

/** Green means: exactly one application, sandbox, build, file set, prescan and scan. */
function notDone({ scenario, settings, ownBuild }: Variant, { applications }: PlatformSnapshot): readonly string[] {
  const [application] = applications;
  if (application === undefined || applications.length > 1) return [`there are ${applications.length} applications`];
  const wantsSandbox = settings.some(({ name }) => name === 'sandbox');
  const earlier = new Set(scenario.applications?.flatMap(({ builds = [] }) => builds.map(({ name }) => name)).filter((name) => name !== ownBuild));
  const ours = application.builds.filter(({ name }) => !earlier.has(name));
  const faults = [
    application.sandboxes.length === (wantsSandbox ? 1 : 0) ? null : `there are ${application.sandboxes.length} sandboxes`,
    ours.length === 1 ? null : `there are ${ours.length} builds of the run`,
    application.builds.some(({ name, deleted }) => name === 'release' && deleted) ? 'the release was deleted' : null,
    ...ours.flatMap(wrongBuild),
  ];
  return faults.filter((fault) => fault !== null);
}

function wrongBuild({ deleted, status, files, prescansBegun, scansBegun }: BuildView): readonly (string | null)[] {
  const names = files.map(({ name }) => name).toSorted();
  return [
    deleted ? 'the build is deleted' : null,
    status === 'Results Ready' ? null : `the build is at ${status}`,
    names.join() === ARTIFACTS.toSorted().join() ? null : `the build holds ${names.join(', ')}`,
    prescansBegun === 1 ? null : `${prescansBegun} prescans were begun`,
    scansBegun === 1 ? null : `${scansBegun} scans were begun`,
  ];
}

function notLoud(exitCode: number, next: RunResult | null): readonly string[] {
  const faults = FITTING_CODES.includes(exitCode) ? [] : [`it ended with ${exitCode}`];
  return next?.kind === 'judged' ? faults : [...faults, `the next run ended with ${next?.exitCode ?? 'nothing'}`];
}
