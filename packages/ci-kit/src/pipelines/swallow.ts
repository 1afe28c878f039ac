/** One place of a pipeline where a failure gets lost. */
export interface Swallow {
  /** 1-based. */
  readonly line: number;
  readonly rule: SwallowRule;
  /** What is lost there, a sentence. */
  readonly what: string;
  /** What to write instead, a sentence. */
  readonly instead: string;
}

/** What swallows failures, as pages and programs call it. */
export type SwallowRule =
  | 'or'
  | 'semicolon-true'
  | 'and-list'
  | 'pipe'
  | 'background'
  | 'substitution'
  | 'inverted'
  | 'condition'
  | 'set-plus-e'
  | 'no-errexit'
  | 'trap'
  | 'last-exit-code'
  | 'error-level'
  | 'report-only'
  | 'continue-on-error'
  | 'ignored-exit-code'
  | 'tolerant-task'
  | 'disabled'
  | 'allow-failure'
  | 'manual'
  | 'after-script'
  | 'on-fail-ignore'
  | 'runs-anyway'
  | 'catch-error'
  | 'unread-status'
  | 'catch'
  | 'forced-success'
  | 'not-propagated';

/** The same place is told once for each rule, in the order of the file. */
export function inOrder(swallows: readonly Swallow[]): readonly Swallow[] {
  const seen = new Set<string>();
  return swallows
    .toSorted((one, other) => one.line - other.line)
    .filter(({ line, rule }) => {
      const key = `${line} ${rule}`;
      return !seen.has(key) && seen.add(key).has(key);
    });
}
