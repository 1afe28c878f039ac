import type { JudgedFinding, Severity } from '@verapipe/core';

import { jsonItems } from '../clean-json.js';
import { cutText } from '../cut-text.js';
import { findingHash } from '../finding-hash.js';
import { findingLine, findingPath, relativePath } from '../finding-path.js';
import { cweLabel } from '../cwe.js';
import { findingTitle } from '../finding-title.js';
import { printable } from '../printable.js';
import type { ReportFormat, ReportText } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { setAside } from '../set-aside.js';

/** A line of a list that people read. */
const MAX_DESCRIPTION = 500;

const SEVERITIES: Readonly<Record<Severity, string>> = { 5: 'blocker', 4: 'critical', 3: 'major', 2: 'minor', 1: 'minor', 0: 'info' };

/**
 * GitLab's Code Quality report: a list of open findings. Those that are fixed or were decided about are left out, as it has
 * no word for them, nor for a run without results.
 *
 * @see docs.gitlab.com "Code Quality", "Code Quality report format"
 */
export const gitlabCodeQuality: ReportFormat = {
  tellsFailure: false,
  tellsIncomplete: false,
  async *render({ findings, results }): ReportText {
    yield '[';
    yield* jsonItems(findings, (finding) => (setAside(finding) === null ? entryOf(finding, results) : null));
    yield '\n]\n';
  },
};

function entryOf(finding: JudgedFinding, results: ScanResults): object {
  const { kind, cwe, severity, description } = finding;
  const text = printable(description).trim();
  return {
    description: cutText(text === '' ? findingTitle(finding) : `${findingTitle(finding)}: ${text}`, MAX_DESCRIPTION),
    check_name: `veracode-${kind}${cwe === null ? '' : `-${cweLabel(cwe).toLowerCase()}`}`,
    fingerprint: findingHash(finding, results),
    severity: SEVERITIES[severity],
    location: { path: pathOf(finding), lines: { begin: findingLine(finding.location.line) ?? 1 } },
  };
}

/** An entry needs a path: without a file it is what there is, so that no finding is lost. */
function pathOf({ location, component, kind }: JudgedFinding): string {
  return printable(findingPath(location) ?? relativePath(component?.fileName ?? null) ?? relativePath(location.module) ?? relativePath(location.url) ?? kind);
}
