/** What a job starts: the command line, with what its environment has otherwise. */
export interface JobPlan {
  /** Arguments of `verapipe`. Values of inputs are not among them: those stay in the environment. */
  readonly args: readonly string[];
  /** Variables that are set; null removes one. */
  readonly changes: Readonly<Record<string, string | null>>;
}

/** `VERAPIPE_…`, or null for a variable that is absent or empty, which is the same to the command. */
export function given(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const text = env[name]?.trim() ?? '';
  return text === '' ? null : text;
}
