import type { JudgedFinding, Severity } from '@verapipe/core';

import { cweLabel, cweUrl } from '../../cwe.js';
import { printable } from '../../printable.js';
import { severityName } from '../../severity-name.js';
import { sarifText } from './sarif-text.js';

/** The level of a severity. @see SARIF 2.1.0, 3.27.10 */
export const SARIF_LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { 5: 'error', 4: 'error', 3: 'warning', 2: 'note', 1: 'note', 0: 'note' };

/** The middle of the range of scores that GitHub calls by the severity. @see docs.github.com "SARIF support for code scanning" */
const SCORES: Readonly<Record<Severity, number>> = { 5: 9.5, 4: 8, 3: 5.5, 2: 3, 1: 1, 0: 0 };

const KIND_WORDS: Readonly<Record<JudgedFinding['kind'], string>> = {
  static: 'Findings of the static analysis without a CWE',
  dynamic: 'Findings of the dynamic analysis without a CWE',
  manual: 'Findings of penetration tests without a CWE',
  sca: 'Vulnerabilities of components without a CWE',
};

/** What is kept of the findings of one rule. */
interface Rule {
  readonly id: string;
  readonly kind: JudgedFinding['kind'];
  readonly cwe: number | null;
  cweName: string | null;
  severity: Severity;
  score: number;
}

/** The rules of a run: a weakness in the code or in components each. */
export interface SarifRules {
  readonly rules: readonly object[];
  /** The weaknesses that rules are about. */
  readonly taxa: readonly object[];
  /** Index of each rule, by its id. */
  readonly indexes: ReadonlyMap<string, number>;
}

/** The rule of a finding. Equal in the next run, whatever else was found. Pure. */
export function ruleIdOf({ kind, cwe }: Pick<JudgedFinding, 'kind' | 'cwe'>): string {
  if (cwe === null) return kind.toUpperCase();
  return kind === 'sca' ? `SCA-${cweLabel(cwe)}` : cweLabel(cwe);
}

/** Collects the rules of findings; takes memory for as many as there are CWE numbers. */
export async function collectRules(findings: AsyncIterable<JudgedFinding>): Promise<SarifRules> {
  const rules = new Map<string, Rule>();
  for await (const finding of findings) {
    const { kind, cwe, cweName, severity } = finding;
    const id = ruleIdOf(finding);
    const rule = rules.get(id);
    if (rule === undefined) rules.set(id, { id, kind, cwe, cweName, severity, score: scoreOf(finding) });
    else {
      rule.cweName ??= cweName;
      if (severity > rule.severity) rule.severity = severity;
      rule.score = Math.max(rule.score, scoreOf(finding));
    }
  }
  const sorted = [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const cwes = [...new Set(sorted.flatMap(({ cwe }) => (cwe === null ? [] : [cwe])))].sort((a, b) => a - b);
  return {
    rules: sorted.map((rule) => renderRule(rule, cwes)),
    taxa: cwes.map((cwe) => ({ id: String(cwe), helpUri: cweUrl(cwe) })),
    indexes: new Map(sorted.map(({ id }, index) => [id, index])),
  };
}

/** 0–10; a component's own score says more than the platform's six steps. */
export function scoreOf({ severity, component }: Pick<JudgedFinding, 'severity' | 'component'>): number {
  const cvss = component?.cvss ?? null;
  return cvss === null ? SCORES[severity] : Math.min(10, Math.max(0, cvss));
}

function renderRule(rule: Rule, cwes: readonly number[]): object {
  const { id, cwe, severity, score } = rule;
  const name = nameOf(rule);
  return {
    id,
    shortDescription: { text: sarifText(name) },
    fullDescription: { text: sarifText(name) },
    ...(cwe === null ? {} : { helpUri: cweUrl(cwe), relationships: [{ target: { id: String(cwe), index: cwes.indexOf(cwe), toolComponent: { name: 'CWE', index: 0 } }, kinds: ['superset'] }] }),
    help: { text: sarifText(helpOf(rule, name)) },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
    properties: {
      tags: ['security', ...(cwe === null ? [] : [`external/cwe/cwe-${String(cwe).padStart(3, '0')}`])],
      'security-severity': score.toFixed(1),
    },
  };
}

function nameOf({ kind, cwe, cweName }: Rule): string {
  const name = printable(cweName ?? '').trim();
  if (cwe === null) return name === '' ? KIND_WORDS[kind] : name;
  const label = name === '' ? cweLabel(cwe) : `${name} (${cweLabel(cwe)})`;
  return kind === 'sca' ? `Component with a known vulnerability: ${label}` : label;
}

/** Texts of the platform about single findings stand in the results. */
function helpOf({ kind, cwe, severity }: Rule, name: string): string {
  const remedy =
    kind === 'sca'
      ? 'Update the component to a version without the vulnerability, or replace it. Each result names the component and the vulnerability.'
      : 'Each result says what Veracode found at its place and, where the platform tells it, how to repair it.';
  const definition = cwe === null ? [] : [`Definition, examples and mitigations: ${cweUrl(cwe)}`];
  return [`${name}.`, remedy, `The worst of these findings has the severity ${severityName(severity)}.`, ...definition].join('\n\n');
}
