import type { FindingTally } from '@verapipe/core';

import { openTotal } from '../../open-total.js';
import type { ScanResults } from '../../scan-results.js';
import { SEVERITIES, severityName } from '../../severity-name.js';
import { VERDICT_WORDS } from '../../summary-text.js';
import { html, table, type Markup } from './markup.js';
import { groupedCount, grouped, shownTime } from './numbers.js';
import { SEVERITY_COLOURS } from './severity-colours.js';

/** Runs that are drawn; more would be too thin to see. */
const LIMIT = 30;
const HEIGHT = 120;
const COLUMN = 24;
const GAP = 8;

interface Run {
  readonly results: ScanResults;
  readonly counts: FindingTally;
  readonly open: number;
}

/** How open findings developed over earlier runs and this one; null without two runs that have results. */
export function trendSection(results: ScanResults, earlier: readonly ScanResults[]): Markup | null {
  const runs = [...earlier, results].flatMap((run) => (run.counts === null ? [] : [{ results: run, counts: run.counts, open: openTotal(run.counts) }]));
  const shown = runs.slice(-LIMIT);
  const [first] = shown;
  const last = shown.at(-1);
  if (shown.length < 2 || first === undefined || last === undefined) return null;
  const without = earlier.length + 1 - runs.length;
  const rows = shown.toReversed().map(({ results: run, counts, open }) => [
    shownTime(run.generatedAt),
    VERDICT_WORDS[run.verdict],
    grouped(open),
    ...SEVERITIES.map((severity) => grouped(counts.openBySeverity[severity])),
  ]);
  return html`<section class="card trend">
<h2>Trend</h2>
<p>${changeOf(first, last)}${shown.length < runs.length ? ` The last ${String(LIMIT)} of ${String(runs.length)} runs.` : null}${without > 0 ? ` ${groupedCount(without, 'run')} without results ${without === 1 ? 'is' : 'are'} left out.` : null}</p>
${chartOf(shown)}
<details>
<summary>The numbers</summary>
${table('Open findings of earlier runs, the newest first', ['Run', 'Verdict', 'Open', ...SEVERITIES.map(severityName)], rows)}
</details>
</section>
`;
}

function changeOf(first: Run, last: Run): string {
  const since = `since ${shownTime(first.results.generatedAt)}`;
  const difference = last.open - first.open;
  if (difference === 0) return `${groupedCount(last.open, 'open finding')}, as many as ${since.replace('since', 'on')}.`;
  return `${groupedCount(last.open, 'open finding')}: ${grouped(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} ${since}.`;
}

/** Columns of open findings, the worst at the bottom; drawn with attributes, which no content security policy refuses. */
function chartOf(runs: readonly Run[]): Markup {
  const most = Math.max(1, ...runs.map(({ open }) => open));
  const width = runs.length * (COLUMN + GAP) - GAP;
  const columns = runs.map(({ counts, results, open }, index) => {
    let top = HEIGHT;
    const parts = SEVERITIES.flatMap((severity) => {
      const height = Math.round((counts.openBySeverity[severity] / most) * HEIGHT * 100) / 100;
      if (height === 0) return [];
      top -= height;
      return [html`<rect class="s${severity}" x="${index * (COLUMN + GAP)}" y="${top.toFixed(2)}" width="${COLUMN}" height="${height}" fill="${SEVERITY_COLOURS[severity]}"></rect>`];
    });
    return html`<g><title>${shownTime(results.generatedAt)}: ${groupedCount(open, 'open finding')}</title>${parts}</g>`;
  });
  const label = `Open findings of ${String(runs.length)} runs, the newest last: ${runs.map(({ open }) => String(open)).join(', ')}`;
  return html`<svg class="chart" width="${width}" height="${HEIGHT + 1}" viewBox="0 0 ${width} ${HEIGHT + 1}" role="img" aria-label="${label}">${columns}<rect class="axis" y="${HEIGHT}" width="${width}" height="1" fill="currentColor"></rect></svg>
<p class="key">${shownTime(runs[0]?.results.generatedAt ?? '')} – ${shownTime(runs.at(-1)?.results.generatedAt ?? '')}; the highest column is ${groupedCount(most, 'open finding')}.</p>`;
}
