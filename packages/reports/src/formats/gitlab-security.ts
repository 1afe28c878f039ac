import type { JudgedFinding, Severity } from '@verapipe/core';

import { cleanJson, jsonItems, openJson } from '../clean-json.js';
import { cutText } from '../cut-text.js';
import { escapeMarkdown } from '../escape-markdown.js';
import { findingUuid } from '../finding-hash.js';
import { cweLabel, cweUrl } from '../cwe.js';
import { findingTitle } from '../finding-title.js';
import { missingFindings } from '../missing-findings.js';
import { printable } from '../printable.js';
import { printableLines } from '../printable-lines.js';
import type { ReportInput, ReportText } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { setAside, type SetAside } from '../set-aside.js';
import { webAddress } from '../web-address.js';

/** The newest version that all supported GitLabs take. @see docs.gitlab.com "Security report validation" */
const SCHEMA_VERSION = '15.2.1';
const MAX_NAME = 255;
/** The schema's limit is 1 MiB; escaping at most doubles a text. */
const MAX_DESCRIPTION = 500_000;

const SEVERITIES: Readonly<Record<Severity, string>> = { 5: 'Critical', 4: 'High', 3: 'Medium', 2: 'Low', 1: 'Low', 0: 'Info' };

const SET_ASIDE_WORDS: Readonly<Record<SetAside, string>> = {
  fixed: 'fixed',
  waived: 'waived by a decision in a file of waivers',
  mitigated: 'mitigated, which was accepted on the platform',
  proposed: 'proposed for mitigation, which this run took for accepted',
};

/** What differs between GitLab's reports. */
export interface GitlabSecurityReport {
  readonly type: 'sast' | 'dependency_scanning';
  /** Whether a finding belongs in this report. */
  readonly holds: (finding: JudgedFinding) => boolean;
  /** How findings that do not belong in this report are called. */
  readonly others: string;
  /** Members besides those that all have; its identifiers stand before those of the weakness. */
  readonly describe: (finding: JudgedFinding, results: ScanResults) => { readonly identifiers: readonly Identifier[]; readonly location: object; readonly [member: string]: unknown };
}

/** A name of what was found, by which GitLab recognises it: the first one in a list decides. */
export interface Identifier {
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly url?: string;
}

/**
 * A security report. GitLab has no word for findings that were decided about: they are left out, and counted in a message.
 * `scan` stands last, because these numbers are known last.
 *
 * @see gitlab.com/gitlab-org/security-products/security-report-schemas
 */
export async function* renderGitlabSecurity(input: ReportInput, report: GitlabSecurityReport): ReportText {
  const leftOut = new Map<string, number>();
  const count = (words: string): null => {
    leftOut.set(words, (leftOut.get(words) ?? 0) + 1);
    return null;
  };
  yield `${openJson({ version: SCHEMA_VERSION })}"vulnerabilities":[`;
  yield* jsonItems(input.findings, (finding) => {
    if (!report.holds(finding)) return count(report.others);
    const aside = setAside(finding);
    return aside === null ? vulnerabilityOf(finding, report, input.results) : count(SET_ASIDE_WORDS[aside]);
  });
  yield `\n],"scan":${cleanJson(scanOf(input, report, leftOut))}}\n`;
}

function vulnerabilityOf(finding: JudgedFinding, { describe }: GitlabSecurityReport, results: ScanResults): object {
  const { identifiers, ...members } = describe(finding, results);
  const url = webAddress(results.scan?.url ?? null);
  return {
    id: findingUuid(finding, results),
    name: cutText(findingTitle(finding), MAX_NAME),
    description: escapeMarkdown(cutText(printableLines(finding.description), MAX_DESCRIPTION)),
    severity: SEVERITIES[finding.severity],
    identifiers: [...identifiers, ...weaknessOf(finding), { type: 'veracode_finding', name: `Veracode finding ${printable(finding.id)}`, value: `${finding.kind}/${printable(finding.id)}` }],
    ...members,
    ...(url === null ? {} : { links: [{ name: 'Scan on the Veracode platform', url }] }),
  };
}

function weaknessOf({ cwe }: JudgedFinding): readonly Identifier[] {
  return cwe === null ? [] : [{ type: 'cwe', name: cweLabel(cwe), value: String(cwe), url: cweUrl(cwe) }];
}

function scanOf(input: ReportInput, { type }: GitlabSecurityReport, leftOut: ReadonlyMap<string, number>): object {
  const { results, tally } = input;
  const { scan, tool, generatedAt } = results;
  const missing = missingFindings(input);
  const endMs = Date.parse(scan?.publishedAt ?? generatedAt);
  const startMs = Math.min(endMs, Date.parse(scan?.startedAt ?? scan?.publishedAt ?? generatedAt));
  return {
    analyzer: { id: 'verapipe', name: 'verapipe', version: printable(tool.version) || 'unknown', vendor: { name: 'verapipe' } },
    // The platform does not say the version of its engine, and the schema wants one.
    scanner: { id: 'veracode', name: 'Veracode', version: 'unknown', vendor: { name: 'Veracode' } },
    type,
    start_time: instantOf(startMs),
    end_time: instantOf(endMs),
    status: missing === null ? 'success' : 'failure',
    messages: [
      ...(missing === null ? [] : [{ level: 'warn', value: missing }]),
      ...[...leftOut].map(([words, number]) => ({ level: 'info', value: `Left out of ${String(tally.total)} findings: ${String(number)} ${words}.` })),
    ],
  };
}

/** UTC without a zone and without fractions. */
function instantOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
