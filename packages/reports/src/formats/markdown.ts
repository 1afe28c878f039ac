import type { FindingTally } from '@verapipe/core';

import { cutText } from '../cut-text.js';
import { type ChangeCounts, createChangeCounter } from '../change-counter.js';
import { findingLine, relativePath } from '../finding-path.js';
import { placeOf, titleOf, vulnerabilityUrl } from '../finding-text.js';
import { cweLabel, cweUrl } from '../cwe.js';
import { inlineMarkdown, markdownLink } from '../inline-markdown.js';
import { missingFindings } from '../missing-findings.js';
import { openTotal } from '../open-total.js';
import type { ReportFormat, ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { SEVERITIES, severityName } from '../severity-name.js';
import { sourceUrl } from '../source-url.js';
import { renderVerdictSentence } from '../summary-text.js';
import { createTopFindingsCollector, type TopFindings } from '../top-findings.js';
import { webAddress } from '../web-address.js';

/** GitHub drops a job summary above 1 MiB and a comment above 65,536 characters; this fits both. */
const LARGEST_BYTES = 60_000;
const TOP = 20;
const LONGEST_CELL = 120;
const LONGEST_SENTENCE = 500;
const LONGEST_GATE = 300;
const MOST_GATES = 15;
const encoder = new TextEncoder();

const MARKS: Readonly<Record<ScanResults['verdict'], string>> = { pass: '✅', warn: '⚠️', fail: '❌', pending: '⏳', none: '❔' };

/**
 * A summary of the run in Markdown, as GitHub, GitLab, Azure Pipelines and Bitbucket show it: verdict, gates, counts, the
 * worst findings. Never larger than a comment may be. A run that failed says so first.
 */
export const markdown: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input) {
    const counts = await countFindings(input);
    const { results } = input;
    const before = [heading(input), trouble(results), missing(input), gates(results), results.counts === null ? '' : countsTable(input.tally, counts) + development(input)];
    const after = footer(results);
    const used = [...before, after].reduce((sum, part) => sum + bytesOf(part), 0);
    yield* before;
    yield topFindings(results, counts.top, LARGEST_BYTES - used);
    yield after;
  },
};

/** What the tally does not say. */
interface Counts {
  readonly changes: ChangeCounts;
  /** Of the findings that count for the gates. */
  readonly top: TopFindings;
}

async function countFindings(input: ReportInput): Promise<Counts> {
  const changes = createChangeCounter(input);
  const collector = createTopFindingsCollector(TOP);
  for await (const finding of input.findings) {
    changes.add(finding);
    collector.add(finding);
  }
  return { changes: changes.counts(), top: collector.top() };
}

function heading(input: ReportInput): string {
  const { results } = input;
  const { failure, outage, reportOnly, verdict } = results;
  const isDoubtful = missingFindings(input) !== null && verdict !== 'fail';
  const mark = failure !== null && outage === null ? '❌' : MARKS[isDoubtful ? 'none' : verdict];
  const only = reportOnly ? '\n_Report only: this verdict cannot fail the run._\n' : '';
  return `## ${mark} Veracode: ${sentence(renderVerdictSentence(results))}\n${only}`;
}

/** What keeps the verdict from being one, before anything else. */
function trouble({ failure, outage }: ScanResults): string {
  const tolerated = outage === null ? '' : `\n**The platform is out of order, and nothing was judged.** Tolerated until ${sentence(outage.toleratedUntil)} by ${sentence(outage.owner)}: ${sentence(outage.reason)}\n`;
  if (failure === null) return tolerated;
  const advice = failure.advice === null ? '' : `\nWhat to do: ${sentence(failure.advice)}\n`;
  return `\n**The run failed and came to no verdict** (${sentence(failure.code)}, exit code ${String(failure.exitCode)}): ${sentence(failure.message)}\n${advice}${tolerated}`;
}

function missing(input: ReportInput): string {
  const said = missingFindings(input);
  return said === null ? '' : `\n**Not all findings are here.** ${sentence(said)}\n`;
}

function gates({ gates: all }: ScanResults): string {
  if (all.length === 0) return '';
  const rows = all.slice(0, MOST_GATES).map(({ id, outcome, sentence: said }) => [`${MARKS[outcome]} ${outcome}`, cell(id), sentence(said, LONGEST_GATE)]);
  const more = all.length - rows.length;
  return table('Gates', ['outcome', 'gate', 'what it saw'], rows) + (more > 0 ? `\n… and ${String(more)} more.\n` : '');
}

function countsTable(tally: FindingTally, { changes: { isNew, fixed, sentence: bySentence }, top }: Counts): string {
  const open = openTotal(tally);
  const columns = [tally.openBySeverity, tally.bySeverity, isNew, fixed];
  const rows = SEVERITIES.map((severity) => [severityName(severity), ...columns.map((column) => (column === null ? '–' : String(column[severity])))]);
  const sums = columns.map((column) => (column === null ? '–' : `**${String(SEVERITIES.reduce<number>((sum, severity) => sum + column[severity], 0))}**`));
  const counting = top.open === open ? '' : `\n${String(top.open)} of the open findings count for the gates; the others are waived, known, proposed for mitigation or in their grace period.\n`;
  return `${table('Findings', ['severity', 'open', 'in all', 'new', 'fixed'], [...rows, ['**all**', ...sums]])}\n${sentence(bySentence)}\n${counting}`;
}

/** Against the newest of the earlier runs that came to results. */
function development({ earlier, tally }: ReportInput): string {
  const last = earlier.findLast(({ counts }) => counts !== null);
  if (last?.counts === undefined || last.counts === null) return '';
  return `\nSince ${sentence(last.generatedAt)}: ${String(openTotal(last.counts))} → ${String(openTotal(tally))} open findings.\n`;
}

/** As many rows as there is room for, and how many findings are not among them. */
function topFindings({ ci }: ScanResults, top: TopFindings, room: number): string {
  if (top.findings.length === 0) return '';
  const rows: string[][] = [];
  let shown = '';
  for (const finding of top.findings) {
    rows.push(rowOf(finding, ci));
    const more = top.open - rows.length;
    const text = table('Worst findings', ['severity', 'weakness', 'place', 'policy', 'id'], rows) + (more > 0 ? `\n… and ${String(more)} more.\n` : '');
    if (bytesOf(text) > room) break;
    shown = text;
  }
  return shown === '' ? `\n${String(top.open)} findings count; their names are too long for a summary.\n` : shown;
}

function rowOf(finding: TopFindings['findings'][number], ci: ScanResults['ci']): string[] {
  const { location, component, cwe } = finding;
  const weaknessUrl = cwe === null ? null : cweUrl(cwe);
  const weakness = markdownLink(cutText(`${cwe === null ? '' : `${cweLabel(cwe)} `}${titleOf(finding)}`, LONGEST_CELL), component === null ? weaknessUrl : vulnerabilityUrl(component.vulnerabilityId));
  const place = markdownLink(cutText(placeOf(finding), LONGEST_CELL), sourceUrl(ci, relativePath(location.repositoryPath), findingLine(location.line)));
  return [severityName(finding.severity), weakness, place, finding.affectsPolicy === true ? 'violated' : '', cell(finding.id)];
}

function footer({ scan, ci, tool, generatedAt }: ScanResults): string {
  const links = [scan === null || webAddress(scan.url) === null ? null : markdownLink('Results on the platform', webAddress(scan.url)), webAddress(ci?.runUrl ?? null) === null ? null : markdownLink('CI run', webAddress(ci?.runUrl ?? null))];
  return `\n${[...links.filter((link) => link !== null), `verapipe ${cell(tool.version)}, ${cell(generatedAt)}`].join(' · ')}\n`;
}

function table(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return `\n### ${title}\n\n${line(header)}${line(header.map(() => '---'))}${rows.map(line).join('')}`;
}

function cell(text: string): string {
  return inlineMarkdown(cutText(text, LONGEST_CELL));
}

function sentence(text: string, longest = LONGEST_SENTENCE): string {
  return inlineMarkdown(cutText(text, longest));
}

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
