export { DEFAULT_BOUNDS, type LintBounds } from './archive/bounds.js';
export type { FileFormat } from './archive/recognise-format.js';
export { lintArtifact, type ArtifactToLint, type LintedArtifact, type LintFinding, type LintOptions, type LintOutcome } from './lint-artifact.js';
export { LINT_RULES } from './lint-rules.js';
export type { LintRule, LintSeverity, LintTarget } from './rule.js';
