import { basename } from 'node:path';

import { DEFAULT_BOUNDS, type LintBounds } from './archive/bounds.js';
import type { FileFormat } from './archive/recognise-format.js';
import { RULE_DEFINITIONS } from './lint-rules.js';
import type { LintSeverity, LintTarget } from './rule.js';
import { createRuleContext } from './rule-context.js';
import { surveyArtifact } from './survey/survey-artifact.js';
import type { Survey } from './survey/survey.js';

/** A file that somebody wants to upload. @public */
export interface ArtifactToLint {
  readonly path: string;
  /** On the platform. @defaultValue the file's own */
  readonly name?: string;
}

/** Knobs of {@link lintArtifact}. @public */
export interface LintOptions {
  /** Ids of rules that are not applied. */
  readonly ignore?: readonly string[];
  /** @defaultValue `scan` */
  readonly target?: LintTarget;
  /** Ends the reading; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** How far artifacts are read. */
  readonly bounds?: Partial<LintBounds>;
}

/** Something that the platform would reject or scan badly. @public */
export interface LintFinding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: LintSeverity;
  /** Name on the platform. */
  readonly artifact: string;
  /** Within the artifact, with `!/` behind an archive in it; null for the artifact as a whole. */
  readonly place: string | null;
  /** What is wrong, with numbers where there are many. */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What was looked into. @public */
export interface LintedArtifact {
  readonly artifact: string;
  readonly path: string;
  readonly format: FileFormat;
  /** Entries that were seen, those of archives in the artifact included. */
  readonly entries: number;
}

/** What the lint found. @public */
export interface LintOutcome {
  /** Errors first; then by artifact, in the order of {@link LINT_RULES}. */
  readonly findings: readonly LintFinding[];
  readonly artifacts: readonly LintedArtifact[];
}

/**
 * Finds what the platform would reject or scan badly, by reading the directories of archives and a little of what is in
 * them: in bounded memory, without writing anywhere, and without asking anybody. An archive that cannot be read is a
 * finding. What the rules say rests on the vendor's packaging guidance; each rule's page tells on which.
 *
 * @param artifacts - the files of one scan: some rules look at them together
 * @throws RangeError for an unknown id in `ignore`; the signal's reason
 * @public
 */
export async function lintArtifact(artifacts: string | readonly (string | ArtifactToLint)[], options: LintOptions = {}): Promise<LintOutcome> {
  const { ignore = [], target = 'scan', signal, bounds } = options;
  const unknown = ignore.find((id) => !RULE_DEFINITIONS.some((rule) => rule.id === id));
  if (unknown !== undefined) throw new RangeError(`There is no lint rule ${JSON.stringify(unknown)}.`);
  const surveys: Survey[] = [];
  for (const artifact of typeof artifacts === 'string' ? [artifacts] : artifacts) {
    const { path, name = basename(path) } = typeof artifact === 'string' ? { path: artifact } : artifact;
    surveys.push(await surveyArtifact({ path, name, bounds: { ...DEFAULT_BOUNDS, ...bounds }, signal }));
  }
  const context = createRuleContext(surveys, target);
  const rules = RULE_DEFINITIONS.filter(({ id }) => !ignore.includes(id));
  const findings = surveys.flatMap((survey) =>
    rules.flatMap(({ id, severity, advice, check }) =>
      check(survey, context).map(({ place, sentence }): LintFinding => ({ rule: id, severity, artifact: survey.artifact, place, sentence, advice })),
    ),
  );
  return {
    findings: [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity === 'warning')],
    artifacts: surveys.map(({ artifact, path, format, entries }) => ({ artifact, path, format, entries: entries.length })),
  };
}
