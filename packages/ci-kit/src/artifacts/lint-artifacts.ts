import type { LintFinding, LintOutcome, LintTarget } from '@verapipe/artifact-lint';
import { nearestNames, type ArtifactCandidate, type LintMode, type RolePurpose, type ValidationIssue } from '@verapipe/core';
import type { LintFacts } from '@verapipe/reports';

import { shownText } from '../options/shown-text.js';

/** How artifacts are looked into. */
export interface LintTerms {
  readonly ignore: readonly string[];
  readonly target: LintTarget;
  readonly signal: AbortSignal | undefined;
}

/** What the lint found, or what is wrong with its options. */
export interface ReadLint {
  /** Null when there are issues. */
  readonly outcome: LintOutcome | null;
  readonly issues: readonly ValidationIssue[];
}

/** What findings come to before a scan. */
export interface LintedArtifacts {
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly string[];
  /** Null where nothing was looked into. */
  readonly facts: LintFacts | null;
}

/** People read that many lines; all findings are in the results. */
const SHOWN_WARNINGS = 20;
const KEPT_FINDINGS = 1000;

/** What artifacts are looked into for: a pipeline scan takes less than a scan, everything else is said of a scan. */
export function lintTargetOf(purpose: RolePurpose | null): LintTarget {
  return purpose === 'pipeline-scan' ? 'pipeline-scan' : 'scan';
}

/**
 * Looks into artifacts before they are sent, and makes of the findings what the mode says: with `error`, those of that
 * severity are faults of the input; all others are warnings. Files that cannot be uploaded anyway are left out.
 */
export async function lintBeforeScan(candidates: readonly ArtifactCandidate[], { mode, ...terms }: LintTerms & { readonly mode: LintMode }): Promise<LintedArtifacts> {
  const { outcome, issues } = await lintCandidates(mode === 'off' ? [] : candidates, terms);
  if (mode === 'off' || outcome === null || outcome.artifacts.length === 0) return { issues, warnings: [], facts: null };
  const { findings } = outcome;
  const isFault = ({ severity }: LintFinding): boolean => mode === 'error' && severity === 'error';
  const kept = findings.slice(0, KEPT_FINDINGS).map(({ rule, severity, artifact, place, sentence }) => ({ rule, severity, artifact, place, sentence }));
  return {
    issues: findings.filter(isFault).map((finding) => ({ path: 'lint', got: lineOfFinding(finding), wanted: finding.advice })),
    warnings: warningsOf(findings.filter((finding) => !isFault(finding))),
    facts: { mode, ignored: terms.ignore, total: findings.length, findings: kept },
  };
}

/** Looks into artifacts; loads the library only when there is something to do. @throws the signal's reason */
export async function lintCandidates(candidates: readonly ArtifactCandidate[], { ignore, target, signal }: LintTerms): Promise<ReadLint> {
  const readable = candidates.filter(({ problem, sizeBytes }) => problem === null && sizeBytes > 0);
  if (readable.length === 0 && ignore.length === 0) return { outcome: { findings: [], artifacts: [] }, issues: [] };
  const { lintArtifact, LINT_RULES } = await import('@verapipe/artifact-lint');
  const known = LINT_RULES.map(({ id }) => id);
  const issues = ignore.flatMap((id, index) => (known.includes(id) ? [] : [unknownRule(id, index, known)]));
  if (issues.length > 0) return { outcome: null, issues };
  const artifacts = readable.map(({ path, name }) => ({ path, name }));
  return { outcome: await lintArtifact(artifacts, { ignore, target, ...(signal === undefined ? {} : { signal }) }), issues: [] };
}

function unknownRule(id: string, index: number, known: readonly string[]): ValidationIssue {
  const [near] = nearestNames(id, known, 1);
  return { path: `lintIgnore[${index}]`, got: JSON.stringify(shownText(id)), wanted: near === undefined ? 'the id of a rule, as `verapipe lint` names it' : `perhaps "${near}"` };
}

function warningsOf(findings: readonly LintFinding[]): readonly string[] {
  const lines = findings.slice(0, SHOWN_WARNINGS).map(lineOfFinding);
  const more = findings.length - SHOWN_WARNINGS;
  if (more > 0) lines.push(`${more} more ${more === 1 ? 'finding' : 'findings'} of the artifact lint; \`verapipe lint\` lists them all.`);
  return lines;
}

/** For people: `shop.war: it is encrypted [encrypted]`. */
export function lineOfFinding({ artifact, sentence, rule }: LintFinding): string {
  return `${artifact}: ${sentence} [${rule}]`;
}
