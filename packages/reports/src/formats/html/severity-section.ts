import type { FindingTally } from '@verapipe/core';

import type { ChangeCounts } from '../../change-counter.js';
import { missingFindings } from '../../missing-findings.js';
import type { ReportInput } from '../../report.js';
import { SEVERITIES, severityName } from '../../severity-name.js';
import { html, table, type Markup } from './markup.js';
import { groupedCount, grouped } from './numbers.js';
import { SEVERITY_COLOURS } from './severity-colours.js';
import type { WordCounts } from './word-counts.js';

const BAR_UNITS = 1000;

/** How many findings there are: by severity with bars, by status, by standing. */
export function severitySection(input: ReportInput, { byStatus, byStanding, changes }: WordCounts): Markup {
  const { tally } = input;
  const most = Math.max(1, ...SEVERITIES.map((severity) => tally.bySeverity[severity]));
  const rows = SEVERITIES.map((severity) => [
    html`<span class="severity s${severity}">${severityName(severity)}</span>`,
    grouped(tally.openBySeverity[severity]),
    grouped(tally.bySeverity[severity]),
    barOf(tally, severity, most),
  ]);
  return html`<section class="card severities">
<h2>${tally.total === 0 ? 'No findings' : groupedCount(tally.total, 'finding')}</h2>
${tally.total === 0 ? nothingOf(input) : [table('Findings by severity', ['Severity', 'Open', 'All', 'Share'], rows), html`<p class="key">Solid: open. Pale: fixed or mitigated.</p>
<ul class="words">
${changesOf(changes)}${wordItems('Status', byStatus)}${wordItems('Standing', byStanding)}${wordItems('Found by', kindsOf(tally))}</ul>
${decidedOf(tally)}`]}
</section>
`;
}

function nothingOf(input: ReportInput): Markup {
  return missingFindings(input) === null ? html`<p class="clear">The scan was read to its end, and there is nothing in it.</p>` : html`<p>None are in this file, and it is not whole.</p>`;
}

/** What nobody can say is not told as zero. */
function changesOf({ isNew, fixed, sentence }: ChangeCounts): Markup {
  const numbers = [[isNew, 'new'] as const, [fixed, 'fixed'] as const].flatMap(([counts, word]) => (counts === null ? [] : [html`<b>${grouped(SEVERITIES.reduce<number>((sum, severity) => sum + counts[severity], 0))}</b> ${word}`]));
  return html`<li><span class="of">Changes:</span> ${numbers.map((number, index) => [index === 0 ? null : ', ', number])}${numbers.length === 0 ? null : '. '}${sentence}</li>\n`;
}

/** Drawn with attributes, which no content security policy refuses; the numbers beside it say the same. */
function barOf(tally: FindingTally, severity: (typeof SEVERITIES)[number], most: number): Markup {
  const all = width(tally.bySeverity[severity], most);
  const open = width(tally.openBySeverity[severity], most);
  const fill = SEVERITY_COLOURS[severity];
  return html`<svg class="bar s${severity}" width="240" height="12" viewBox="0 0 ${BAR_UNITS} 12" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${all}" height="12" fill="${fill}" fill-opacity="0.35"></rect><rect width="${open}" height="12" fill="${fill}"></rect></svg>`;
}

/** Few among many are still seen. */
function width(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(8, Math.round((count / most) * BAR_UNITS));
}

/** Zero is not told: a scan that no policy is about has none either. */
function decidedOf({ affectingPolicy, mitigated }: FindingTally): Markup | null {
  const parts = [affectingPolicy === 0 ? null : `${grouped(affectingPolicy)} against the policy`, mitigated === 0 ? null : `${grouped(mitigated)} with an accepted mitigation`].filter((part) => part !== null);
  return parts.length === 0 ? null : html`<p class="key">${parts.join('; ')}.</p>`;
}

function wordItems(name: string, counts: WordCounts['byStatus']): Markup | null {
  if (counts.length === 0) return null;
  return html`<li><span class="of">${name}:</span> ${counts.map(([word, count], index) => html`${index === 0 ? null : ', '}${word} <b>${grouped(count)}</b>`)}</li>\n`;
}

function kindsOf({ byKind }: FindingTally): WordCounts['byStatus'] {
  const kinds = [['Static analysis', byKind.static], ['Dynamic analysis', byKind.dynamic], ['Manual testing', byKind.manual], ['Open-source components', byKind.sca]] as const;
  return kinds.filter(([, count]) => count > 0);
}
