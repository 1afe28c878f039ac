import type { Finding } from '../domain/finding.js';
import type { PolicyRule } from '../domain/policy.js';
import { severityName, type Severity } from '../domain/severity.js';
import { createFindingCounter } from './finding-counter.js';
import type { Gate, PipelinePolicy } from './gate.js';

/** A rule that can be held against the findings of one scan. */
interface AppliedRule {
  readonly name: string;
  readonly isViolated: (finding: Finding) => boolean;
}

/**
 * The rules of a platform policy that apply to pipeline scans: severity, CWE and CWE category. The others (scores,
 * standards, SCA) and grace periods need the platform and are named as not applied. A policy of which nothing applies
 * judges nothing, and fails. Where the policy gives a CWE its own severity, the higher one counts.
 *
 * @see docs.veracode.com "Use policies with Pipeline Scans"
 */
export function createPolicyRulesGate({ name, rules, customSeverities }: PipelinePolicy): Gate {
  const own = new Map(customSeverities.map(({ cwe, severity }) => [cwe, severity]));
  const severityOf = ({ cwe, severity }: Finding): Severity => {
    const other = cwe === null ? severity : (own.get(cwe) ?? severity);
    return other > severity ? other : severity;
  };
  const applied = rules.flatMap((rule) => appliedRule(rule, severityOf) ?? []);
  const others = rules.filter((rule) => appliedRule(rule, severityOf) === null).map(({ type, value }) => `${type} ${value}`.trim());
  const violations = applied.map(() => 0);
  const counter = createFindingCounter({ matches: (finding) => applied.some(({ isViolated }) => isViolated(finding)) });
  return {
    see(seen) {
      if (!counter.see(seen)) return;
      for (const [index, { isViolated }] of applied.entries()) {
        if (isViolated(seen.finding)) violations[index] = (violations[index] ?? 0) + 1;
      }
    },
    result() {
      const notApplied = others.length === 0 ? '' : `; not applied to a pipeline scan: ${others.join(', ')}`;
      const sentence =
        applied.length === 0
          ? `No rule of policy "${name}" applies to a pipeline scan, so it judges nothing`
          : `${counter.subject()} open against policy "${name}" (${applied.map((rule, index) => `${rule.name}: ${violations[index] ?? 0}`).join(', ')})${counter.notCounted()}`;
      return {
        id: 'policy-rules',
        outcome: applied.length > 0 && counter.count === 0 ? 'pass' : 'fail',
        sentence: `${sentence}${notApplied}.`,
        numbers: { applied: applied.length, notApplied: others.length, ...counter.numbers() },
      };
    },
  };
}

/** Types whose values this side has to understand. */
const PIPELINE_TYPES: readonly string[] = ['MAX_SEVERITY', 'CWE', 'CATEGORY'];

/**
 * Null for a rule that is not about static findings, or that a pipeline scan is not held to. A value that nobody
 * understands is violated by everything.
 */
function appliedRule({ type, value, scanTypes, requirement }: PolicyRule, severityOf: (finding: Finding) => Severity): AppliedRule | null {
  if (scanTypes.length > 0 && !scanTypes.some((scanType) => scanType === 'STATIC' || scanType === 'ALL')) return null;
  switch (requirement.kind) {
    case 'fail-all':
      return { name: 'any finding', isViolated: () => true };
    case 'severity':
      return { name: `severity ${severityName(requirement.severity)} or above`, isViolated: (finding) => severityOf(finding) >= requirement.severity };
    case 'cwe':
      return { name: `CWE ${requirement.cwes.join(', ')}`, isViolated: ({ cwe }) => cwe !== null && requirement.cwes.includes(cwe) };
    case 'category':
      return categoryRule(requirement.categories);
    case 'unknown':
      return PIPELINE_TYPES.includes(type) ? { name: `${type} "${value}", which is not understood`, isViolated: () => true } : null;
    case 'cvss':
    case 'cve':
    case 'component-blocklist':
    case 'component-allowlist':
    case 'minimum-score':
    case 'security-standard':
    case 'license-risk':
      return null;
  }
}

/** A pipeline scan may not tell the category of a finding, or the rule only a number; then nobody can say that it is another one. */
function categoryRule(words: readonly string[]): AppliedRule {
  const isNumbered = words.some((word) => /^\d+$/u.test(word));
  const categories = new Set(words.map((word) => word.toLowerCase()));
  return {
    name: `category ${words.join(', ')}`,
    isViolated: ({ category }) => category === null || isNumbered || categories.has(category.toLowerCase()),
  };
}
