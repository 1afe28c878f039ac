import { renderResultsJson } from '../src/results-json.js';
import type { ReportFormatId } from '../src/report-formats.js';
import type { ReportInput } from '../src/report.js';
import { type Counts, countsOf } from './readers/report-reader.js';

/** What stands in `verapipe-results.json` about a finding, as far as it is counted. */
interface WrittenFinding {
  readonly kind: string;
  readonly severity: number;
  readonly status: string;
  readonly standing: string | null;
  readonly mitigation: { readonly state: string };
}

/** `verapipe-results.json` as others read it. */
interface WrittenResults {
  readonly counts: { readonly total: number; readonly bySeverity: Counts; readonly openBySeverity: Counts; readonly affectingPolicy: number; readonly mitigated: number };
  readonly findings: readonly WrittenFinding[];
}

const SEVERITIES = [5, 4, 3, 2, 1, 0] as const;
const NAMES = ['Informational', 'Very Low', 'Low', 'Medium', 'High', 'Very High'] as const;
const VARIABLES = ['INFORMATIONAL', 'VERY_LOW', 'LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] as const;
const MOST_ANNOTATIONS = 1000;

const isFixed = ({ status, standing }: WrittenFinding): boolean => status === 'fixed' || standing === 'fixed';
const isDecided = ({ standing, mitigation }: WrittenFinding): boolean => standing === 'waived' || standing === 'proposed' || mitigation.state === 'accepted';
/** There, and nobody has decided about it. */
const isOpen = (finding: WrittenFinding): boolean => !isFixed(finding) && !isDecided(finding);
const isOfCode = ({ kind }: WrittenFinding): boolean => kind === 'static' || kind === 'manual';
const isSca = ({ kind }: WrittenFinding): boolean => kind === 'sca';

/** Whether the gates counted it; of those that nobody judged, the platform's words decide. */
function standingOf(finding: WrittenFinding): string {
  if (finding.standing !== null) return finding.standing;
  return isFixed(finding) ? 'fixed' : finding.mitigation.state === 'accepted' ? 'mitigated' : 'open';
}

/** Findings by a word for each severity, from 0 to 5. */
function bySeverity(findings: readonly WrittenFinding[], words: readonly string[]): Counts {
  return countsOf(findings.map(({ severity }) => words[severity] ?? 'no severity'));
}

function lists({ findings, counts }: WrittenResults): Counts {
  const table = SEVERITIES.flatMap((severity) => [[`${String(severity)} open`, counts.openBySeverity[severity] ?? Number.NaN], [`${String(severity)} in all`, counts.bySeverity[severity] ?? Number.NaN]] as const);
  return { ...(counts.total === 0 ? {} : Object.fromEntries(table)), ...bySeverity(findings, NAMES.map((_name, severity) => `${String(severity)} listed`)) };
}

/** What is open, as the results say it: neither fixed nor mitigated. */
function openOf({ counts }: WrittenResults, words: readonly string[]): Counts {
  return Object.fromEntries(SEVERITIES.map((severity) => [words[severity] ?? '', counts.openBySeverity[severity] ?? Number.NaN]));
}

function openTotal({ counts }: WrittenResults): number {
  return Object.values(counts.openBySeverity).reduce((sum, count) => sum + count, 0);
}

function annotated(results: WrittenResults): Counts {
  const { findings } = results;
  const counting = findings.filter((finding) => standingOf(finding) === 'open');
  const settled = findings.filter((finding) => !['open', 'fixed'].includes(standingOf(finding)));
  const failed = Math.min(counting.length, MOST_ANNOTATIONS);
  return { 'Open findings': openTotal(results), ...openOf(results, NAMES), 'Findings that do not count': settled.length, FAILED: failed, IGNORED: Math.min(settled.length, MOST_ANNOTATIONS - failed) };
}

function tabled(results: WrittenResults): Counts {
  const { findings } = results;
  return {
    ...openOf(results, NAMES.map((name) => `${name} open`)),
    ...bySeverity(findings, NAMES.map((name) => `${name} in all`)),
    '**all** open': openTotal(results),
    '**all** in all': findings.length,
  };
}

function securityReport(findings: readonly WrittenFinding[], belongs: (finding: WrittenFinding) => boolean): Counts {
  const held = findings.filter((finding) => belongs(finding) && isOpen(finding));
  return { ...bySeverity(held, ['Info', 'Low', 'Low', 'Medium', 'High', 'Critical']), 'left out': findings.length - held.length };
}

/** What has to stand in a report of results, in the words of its format: `docs/reports.md` says what each of them holds. */
const EXPECTED: Readonly<Record<ReportFormatId, (results: WrittenResults) => Counts>> = {
  sarif: ({ findings }) => countsOf(findings.filter((finding) => !isFixed(finding)).map((finding) => `${String(finding.severity)}${isDecided(finding) ? ' suppressed' : ''}`)),
  'gitlab-sast': ({ findings }) => securityReport(findings, isOfCode),
  'gitlab-dependency-scanning': ({ findings }) => securityReport(findings, isSca),
  'gitlab-code-quality': ({ findings }) => bySeverity(findings.filter(isOpen), ['info', 'minor', 'minor', 'major', 'critical', 'blocker']),
  'gitlab-annotations': (results) => ({ total: results.counts.total, open: openTotal(results), ...Object.fromEntries(SEVERITIES.map((severity) => [NAMES[severity], results.counts.bySeverity[severity] ?? Number.NaN])) }),
  dotenv: (results) => ({
    FINDINGS: results.counts.total,
    FINDINGS_AFFECTING_POLICY: results.counts.affectingPolicy,
    FINDINGS_MITIGATED: results.counts.mitigated,
    ...openOf(results, VARIABLES.map((name) => `OPEN_${name}`)),
  }),
  junit: ({ findings }) => {
    const standings = countsOf(findings.map(standingOf));
    const { open = 0, fixed = 0 } = standings;
    return { failures: open, passed: fixed, skipped: findings.length - open - fixed };
  },
  sonar: ({ findings }) => bySeverity(findings.filter(isOpen), ['INFO', 'INFO', 'LOW', 'MEDIUM', 'HIGH', 'BLOCKER']),
  'code-insights': annotated,
  markdown: tabled,
  csv: ({ findings }) => countsOf(findings.map(({ severity, standing }) => `${String(severity)} ${standing ?? ''}`)),
  ndjson: ({ findings }) => countsOf(findings.map(({ severity, standing }) => `${String(severity)} ${standing ?? ''}`)),
  html: lists,
  'html-static': lists,
  'cyclonedx-vex': ({ findings }) => bySeverity(findings.filter(isSca), ['info', 'low', 'low', 'medium', 'high', 'critical']),
};

/** What a report has to count, taken from the results file of the same run and not from the report. */
export async function expectedCounts(format: ReportFormatId, { results, findings }: ReportInput): Promise<Counts> {
  let text = '';
  for await (const piece of renderResultsJson(results, findings)) text += piece;
  return EXPECTED[format](JSON.parse(text) as WrittenResults);
}
