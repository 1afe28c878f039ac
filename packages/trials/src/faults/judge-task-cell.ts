import type { JournalEntry, PlatformSnapshot } from '@verapipe/emulator';

import type { Cell } from './cells.js';
import { FITTING_CODES, type JudgedCell } from './judge-cell.js';
import { changeOf, type TaskVariant } from './task-variants.js';

/** The platform at one moment. */
export interface TaskMoment {
  readonly exitCode: number;
  readonly snapshot: PlatformSnapshot;
  readonly journal: readonly JournalEntry[];
}

/** What is known of a cell: after the run, and after the next one where one was needed. */
export interface TaskCellFacts {
  readonly cell: Cell;
  readonly task: TaskVariant;
  readonly end: TaskMoment;
  readonly next: TaskMoment | null;
}

/** Judges a cell of a command that makes something, by the platform's state and journal. Pure. */
export function judgeTaskCell({ cell, task, end, next }: TaskCellFacts): JudgedCell {
  const { exitCode } = end;
  const why = exitCode === 0 ? taskNotDoneOnce(task, end) : notLoud(task, exitCode, next);
  return { ...cell, outcome: why.length > 0 ? 'WRONG' : exitCode === 0 ? 'healed' : 'loud', exitCode, why };
}

/** What is wrong with the platform after a green end. Pure. */
export function taskNotDoneOnce(task: TaskVariant, { snapshot: { applications }, journal }: Omit<TaskMoment, 'exitCode'>): readonly string[] {
  const [application] = applications;
  if (application === undefined || applications.length > 1) return [`there are ${applications.length} applications`];
  const sandboxes = application.sandboxes.map(({ name, deleted }) => (deleted ? `${name}, deleted` : name));
  const policyScans = application.builds.filter(({ sandboxId, deleted }) => sandboxId === null && !deleted).map(({ name }) => name);
  const acted = journal.filter((entry) => entry.operation === changeOf(task) && entry.acted).length;
  return [
    sandboxes.join() === task.sandbox ? null : `the sandboxes are: ${sandboxes.join(', ')}`,
    policyScans.join() === task.policyScans.join() ? null : `the policy scans are: ${policyScans.join(', ')}`,
    acted === 1 ? null : `${changeOf(task)} took effect ${acted} times`,
  ].filter((fault) => fault !== null);
}

/** The next run makes up for it: after both, the change was made once. */
function notLoud(task: TaskVariant, exitCode: number, next: TaskMoment | null): readonly string[] {
  const faults = FITTING_CODES.includes(exitCode) ? [] : [`it ended with ${exitCode}`];
  return next?.exitCode === 0 ? [...faults, ...taskNotDoneOnce(task, next)] : [...faults, `the next run ended with ${next?.exitCode ?? 'nothing'}`];
}
