import type { Survey } from './survey/survey.js';

/** `error`: the platform rejects the artifact or cannot scan it. `warning`: it scans less or worse than it could. @public */
export type LintSeverity = 'error' | 'warning';

/** Where the artifact goes. @public */
export type LintTarget = 'scan' | 'pipeline-scan';

/** One rule, as data. @public */
export interface LintRule {
  /** Kebab-case; findings are suppressed by it. */
  readonly id: string;
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly severity: LintSeverity;
  /** What to do about it, one sentence. */
  readonly advice: string;
  /** An artifact that it complains about, in words. */
  readonly example: string;
  /** Its page, from the root of the repository. */
  readonly docs: string;
}

/** What a rule has to say about an artifact. */
export interface Complaint {
  /** Within the artifact; null for the artifact itself. */
  readonly place: string | null;
  /** One sentence, with numbers where there are many. */
  readonly sentence: string;
}

/** What rules know besides the artifact. */
export interface RuleContext {
  readonly target: LintTarget;
  /** True when any artifact of the run is a binary, or holds one. */
  readonly hasBinaries: boolean;
  /** Where debug information of .NET lies, of all artifacts; see `symbolKey`. */
  readonly symbols: ReadonlySet<string>;
}

/** A rule with its code: pure, and at most a few complaints for each artifact. */
export interface RuleDefinition extends Omit<LintRule, 'docs'> {
  readonly check: (survey: Survey, context: RuleContext) => readonly Complaint[];
}
