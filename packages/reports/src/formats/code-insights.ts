import type { FindingTally, JudgedFinding, Severity } from '@verapipe/core';

import { cutText } from '../cut-text.js';
import { findingLine, findingPath } from '../finding-path.js';
import { sentenceOfStanding, standingOf } from '../finding-standing.js';
import { placeOf, titleOf } from '../finding-text.js';
import { cweLabel, cweUrl } from '../cwe.js';
import { missingFindings } from '../missing-findings.js';
import { openTotal } from '../open-total.js';
import { printable } from '../printable.js';
import { printableLines } from '../printable-lines.js';
import type { ReportFormat, ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { SEVERITIES, severityName } from '../severity-name.js';
import { renderVerdictSentence } from '../summary-text.js';
import { webAddress } from '../web-address.js';

/** Limits of the API. @see developer.atlassian.com "Reports" (Bitbucket Cloud REST API) */
const MOST_ANNOTATIONS = 1000;
const ANNOTATIONS_PER_CALL = 100;
const LONGEST_SUMMARY = 450;
const LONGEST_DETAILS = 2000;

const LONGEST_NAME = 200;

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { 5: 'CRITICAL', 4: 'HIGH', 3: 'MEDIUM', 2: 'LOW', 1: 'LOW', 0: 'LOW' };

const STATES: Readonly<Record<ScanResults['verdict'], object>> = {
  pass: { result: 'PASSED' },
  warn: { result: 'PASSED' },
  fail: { result: 'FAILED' },
  pending: { result: 'PENDING' },
  // A file of findings was not judged: neither word would be true.
  none: {},
};

/**
 * Bitbucket's Code Insights: `report` is the body of one PUT, each list in `annotations` that of one POST. Findings that
 * count come first, then those that do not, each group with the highest severity first; what is over the limit is told.
 *
 * @see developer.atlassian.com "Reports" (Bitbucket Cloud REST API)
 */
export const codeInsights: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input) {
    const counts = await countFindings(input);
    yield `{\n  "report": ${JSON.stringify(reportOf(input, counts), null, 2).replaceAll('\n', '\n  ')},\n  "annotations": [`;
    let index = 0;
    for await (const finding of mostImportant(input, counts)) {
      const opening = index % ANNOTATIONS_PER_CALL > 0 ? ',' : `${index === 0 ? '' : '\n    ],'}\n    [`;
      yield `${opening}\n      ${JSON.stringify(annotationOf(finding, index, input.results))}`;
      index += 1;
    }
    yield index === 0 ? ']\n}\n' : '\n    ]\n  ]\n}\n';
  },
};

/** Findings that are there, by severity: those that count for the gates, and those that do not. */
interface Counts {
  readonly counting: Readonly<Record<Severity, number>>;
  readonly settled: Readonly<Record<Severity, number>>;
}

async function countFindings({ findings }: Pick<ReportInput, 'findings'>): Promise<Counts> {
  const counting = { 5: 0, 4: 0, 3: 0, 2: 0, 1: 0, 0: 0 };
  const settled = { ...counting };
  for await (const finding of findings) {
    const group = groupOf(finding);
    if (group !== null) (group === 'counting' ? counting : settled)[finding.severity] += 1;
  }
  return { counting, settled };
}

function groupOf(finding: JudgedFinding): keyof Counts | null {
  const standing = standingOf(finding);
  if (standing === 'fixed') return null;
  return standing === 'open' ? 'counting' : 'settled';
}

/** One pass for each severity that there is: nothing is held, however many findings there are. */
async function* mostImportant({ findings }: Pick<ReportInput, 'findings'>, counts: Counts): AsyncGenerator<JudgedFinding, void> {
  let free = MOST_ANNOTATIONS;
  for (const group of ['counting', 'settled'] as const) {
    for (const severity of SEVERITIES) {
      let left = Math.min(free, counts[group][severity]);
      free -= left;
      if (left === 0) continue;
      for await (const finding of findings) {
        if (finding.severity !== severity || groupOf(finding) !== group) continue;
        yield finding;
        left -= 1;
        if (left === 0) break;
      }
    }
  }
}

function reportOf(input: ReportInput, counts: Counts): object {
  const { results } = input;
  const settled = total(counts.settled);
  const { scan } = results;
  const link = webAddress(scan?.url ?? null);
  return {
    title: cutText(`Veracode ${scan?.kind ?? ''} scan`.replace('  ', ' '), LONGEST_SUMMARY),
    details: detailsOf(input, total(counts.counting) + settled),
    external_id: `verapipe-${scan?.kind ?? 'scan'}`,
    reporter: cutText(`verapipe ${printable(results.tool.version)}`, LONGEST_NAME),
    report_type: 'SECURITY',
    ...resultOf(input),
    ...(link === null ? {} : { link }),
    data: results.counts === null ? [] : dataOf(input.tally, settled),
  };
}

function resultOf(input: ReportInput): object {
  const { failure, outage, verdict } = input.results;
  // A failure that is tolerated is one that is waited for: nothing was judged.
  if (outage !== null) return { result: 'PENDING' };
  if (failure !== null) return { result: 'FAILED' };
  // What is missing may be what would fail: nothing passes without it.
  return missingFindings(input) !== null && verdict !== 'fail' ? {} : STATES[verdict];
}

function dataOf(tally: FindingTally, settled: number): readonly object[] {
  const severities = SEVERITIES.map((severity) => ({ title: severityName(severity), type: 'NUMBER', value: tally.openBySeverity[severity] }));
  return [{ title: 'Open findings', type: 'NUMBER', value: openTotal(tally) }, ...severities, { title: 'Findings that do not count', type: 'NUMBER', value: settled }];
}

function detailsOf(input: ReportInput, present: number): string {
  const { results } = input;
  const { failure, outage } = results;
  const missing = missingFindings(input);
  const cut = present <= MOST_ANNOTATIONS ? null : `Of ${String(present)} findings the ${String(MOST_ANNOTATIONS)} most important are annotated; ${String(present - MOST_ANNOTATIONS)} are left out.`;
  const sentences = [
    // What must not be cut off stands first.
    missing === null ? null : cutText(missing, LONGEST_DETAILS / 4),
    cut,
    failure === null ? null : cutText(printable(`The scan came to no results (${failure.code}): ${failure.message} ${failure.advice ?? ''}`.trimEnd()), LONGEST_DETAILS / 4),
    outage === null ? null : cutText(printable(`Tolerated until ${outage.toleratedUntil}, by ${outage.owner}: ${outage.reason}`), LONGEST_DETAILS / 4),
    cutText(renderVerdictSentence(results), LONGEST_DETAILS / 4),
    ...results.gates.map(({ id, outcome, sentence }) => printable(cutText(`${outcome}: ${id}: ${sentence}`, LONGEST_SUMMARY))),
  ];
  return cutText(sentences.filter((sentence) => sentence !== null).join('\n'), LONGEST_DETAILS);
}

function annotationOf(finding: JudgedFinding, index: number, results: ScanResults): object {
  const { location, cwe } = finding;
  const path = findingPath(location);
  const line = findingLine(location.line);
  const reason = sentenceOfStanding(finding);
  const weakness = cwe === null ? null : cweUrl(cwe);
  const label = cwe === null ? '' : ` (${cweLabel(cwe)})`;
  const link = webAddress(results.scan?.url ?? null) ?? weakness;
  const details = [reason, `Place: ${cutText(placeOf(finding), LONGEST_NAME)}`, weakness, finding.description].filter((part) => part !== null);
  return {
    external_id: idOf(finding, index),
    title: cutText(printable(cutText(titleOf(finding), LONGEST_NAME)), LONGEST_NAME),
    annotation_type: 'VULNERABILITY',
    summary: cutText(printable(cutText(`${severityName(finding.severity)}: ${titleOf(finding)}`, LONGEST_SUMMARY - 20) + label), LONGEST_SUMMARY),
    details: cutText(printableLines(cutText(details.join('\n'), LONGEST_DETAILS)), LONGEST_DETAILS),
    severity: SEVERITY_WORDS[finding.severity],
    result: reason === null ? 'FAILED' : 'IGNORED',
    ...(path === null ? {} : { path: cutText(path, LONGEST_DETAILS), ...(line === null ? {} : { line }) }),
    ...(link === null ? {} : { link }),
  };
}

/** The same in each run, so that an annotation stays; a cut one would not be unique. */
function idOf({ id }: JudgedFinding, index: number): string {
  const own = `verapipe-${printable(id)}`;
  return own.length <= LONGEST_NAME && own === `verapipe-${id}` ? own : `verapipe-${String(index)}-${cutText(printable(cutText(id, LONGEST_NAME)), LONGEST_NAME / 2)}`;
}

function total(counts: Readonly<Record<Severity, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
