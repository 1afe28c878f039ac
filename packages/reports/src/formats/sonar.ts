import type { JudgedFinding, Severity } from '@verapipe/core';

import { cutText } from '../cut-text.js';
import { findingLine, findingPath, relativePath } from '../finding-path.js';
import { titleOf } from '../finding-text.js';
import { cweLabel, cweUrl } from '../cwe.js';
import { printable } from '../printable.js';
import { printableLines } from '../printable-lines.js';
import type { ReportFormat } from '../report.js';
import { setAside } from '../set-aside.js';
import { severityName } from '../severity-name.js';

const ENGINE = 'veracode';
/** What the columns of SonarQube's database hold. */
const LONGEST_RULE_TEXT = 200;
const LONGEST_MESSAGE = 4000;
const LONGEST_PATH = 2000;

/** The severity of an impact, and that of the standard experience. */
const SEVERITIES: Readonly<Record<Severity, readonly [impact: string, standard: string]>> = {
  5: ['BLOCKER', 'BLOCKER'],
  4: ['HIGH', 'CRITICAL'],
  3: ['MEDIUM', 'MAJOR'],
  2: ['LOW', 'MINOR'],
  1: ['INFO', 'INFO'],
  0: ['INFO', 'INFO'],
};

/**
 * SonarQube's generic issue data with rules and issues. It has no word for findings that are settled, so these are left
 * out: fixed, mitigated and waived ones. SonarQube passes over issues in files that it does not know, and says how many.
 *
 * @see docs.sonarsource.com "Generic issue import format"
 */
export const sonar: ReportFormat = {
  tellsFailure: false,
  tellsIncomplete: false,
  async *render({ findings }) {
    yield '{\n  "rules": [';
    const rules = new Set<string>();
    for await (const finding of findings) {
      if (setAside(finding) !== null) continue;
      const rule = ruleOf(finding);
      if (rules.has(rule.id)) continue;
      yield `${rules.size === 0 ? '' : ','}\n    ${JSON.stringify(rule)}`;
      rules.add(rule.id);
    }
    yield '\n  ],\n  "issues": [';
    let separator = '\n    ';
    for await (const finding of findings) {
      if (setAside(finding) !== null) continue;
      yield `${separator}${JSON.stringify(issueOf(finding))}`;
      separator = ',\n    ';
    }
    yield '\n  ]\n}\n';
  },
};

/** Severity belongs to the rule, so that a weakness with two severities makes two rules. */
function ruleIdOf({ cwe, category, component, severity }: JudgedFinding): string {
  const subject = component?.vulnerabilityId ?? (cwe === null ? (category ?? 'other') : cweLabel(cwe));
  return `${cutText(printable(subject), LONGEST_RULE_TEXT - 3)}:${String(severity)}`;
}

function ruleOf(finding: JudgedFinding): { readonly id: string } & Readonly<Record<string, unknown>> {
  const { severity, cwe, cweName } = finding;
  const [impact, standard] = SEVERITIES[severity];
  const name = `${titleOf(finding)} (${severityName(severity)})`;
  const weakness = [cwe === null ? null : cweLabel(cwe), cweName, cwe === null ? null : cweUrl(cwe)].filter((part) => part !== null).join(' ');
  return {
    id: ruleIdOf(finding),
    name: cutText(printable(name), LONGEST_RULE_TEXT),
    description: cutText(printableLines(weakness.trim() === '' ? name : weakness), LONGEST_MESSAGE),
    engineId: ENGINE,
    cleanCodeAttribute: 'TRUSTWORTHY',
    type: 'VULNERABILITY',
    severity: standard,
    impacts: [{ softwareQuality: 'SECURITY', severity: impact }],
  };
}

function issueOf(finding: JudgedFinding): object {
  const { location, component } = finding;
  const filePath = findingPath(location) ?? relativePath(component?.fileName ?? location.module ?? location.url) ?? 'unknown';
  const message = `${severityName(finding.severity)}: ${titleOf(finding)}. ${finding.description}`;
  const secondaryLocations = stepsOf(finding);
  return {
    ruleId: ruleIdOf(finding),
    primaryLocation: {
      message: cutText(printable(cutText(message, LONGEST_MESSAGE)), LONGEST_MESSAGE),
      filePath: cutText(filePath, LONGEST_PATH),
      ...rangeOf(findingLine(location.line)),
    },
    ...(secondaryLocations.length === 0 ? {} : { secondaryLocations }),
  };
}

/** The places that the data passes, where they lie in files; SonarQube wants a line for each. */
function stepsOf({ dataPaths }: JudgedFinding): readonly object[] {
  return (dataPaths?.[0]?.steps ?? []).flatMap((step) => {
    const path = findingPath(step);
    const line = findingLine(step.line);
    return path === null || line === null ? [] : [{ message: cutText(printable(step.function ?? 'data passes here'), LONGEST_RULE_TEXT), filePath: cutText(path, LONGEST_PATH), ...rangeOf(line) }];
  });
}

function rangeOf(line: number | null): object {
  return line === null ? {} : { textRange: { startLine: line } };
}
