/** The version of a task, as its manifest has it. */
export interface TaskVersion {
  readonly Major: number;
  readonly Minor: number;
  readonly Patch: number;
}

/** The major of the task: the 1 of `Verapipe@1`, and of its folder. */
export const TASK_MAJOR = 1;

/** Minors of the task that one major of the packages has room for. */
const MINORS = 1000;

/**
 * The version of the task for one of the packages: its major is its own, and the rest only ever grows with theirs, because
 * agents keep a task for as long as its numbers are the same.
 *
 * @throws Error for a version that an extension cannot have, such as a prerelease
 */
export function taskVersionOf(packageVersion: string): TaskVersion {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/u.exec(packageVersion) ?? [];
  if (Number(minor) >= MINORS || patch === undefined) throw new Error(`"${packageVersion}" cannot be the version of an extension: wanted three numbers, the second below ${String(MINORS)}.`);
  return { Major: TASK_MAJOR, Minor: Number(major) * MINORS + Number(minor), Patch: Number(patch) };
}
