import type { JudgedFinding, Severity } from '@verapipe/core';

import type { ReportFormat, ReportInput, ReportText } from '../../report.js';
import { SEVERITIES, severityName } from '../../severity-name.js';
import { findingArticle } from './finding-article.js';
import { html, type Markup } from './markup.js';
import { groupedCount } from './numbers.js';
import { overview } from './overview.js';
import { pageHead } from './page-head.js';

/**
 * The page for viewers that allow neither script nor style, as Jenkins does: plain elements that read well as they are.
 *
 * @see jenkins.io "Configuring Content Security Policy"
 */
export const htmlStatic: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input) {
    const { results, tally } = input;
    yield pageHead(results, { policy: "default-src 'none'; base-uri 'none'; form-action 'none'" });
    yield (await overview(input)).markup;
    if (results.counts !== null && tally.total > 0) yield* findingSections(input);
    yield '</main>\n</body>\n</html>\n';
  },
};

/** One section for each severity, the worst first. The findings are read again for each: so nothing is held in memory. */
async function* findingSections({ results, findings, tally }: ReportInput): ReportText {
  const present = SEVERITIES.filter((severity) => tally.bySeverity[severity] > 0);
  yield contents(present, (severity) => tally.bySeverity[severity]).markup;
  for (const severity of present) {
    yield html`<section>\n<h2 id="severity-${severity}">${severityName(severity)}: ${groupedCount(tally.bySeverity[severity], 'finding')}</h2>\n`.markup;
    for await (const finding of ofSeverity(findings, severity)) yield findingArticle(finding, results.ci).markup;
    yield '</section>\n';
  }
}

function contents(severities: readonly Severity[], count: (severity: Severity) => number): Markup {
  return html`<nav aria-label="Findings by severity">
<h2>Findings</h2>
<ul>
${severities.map((severity) => html`<li><a href="#severity-${severity}">${severityName(severity)} (${count(severity)})</a></li>\n`)}</ul>
</nav>
`;
}

async function* ofSeverity(findings: AsyncIterable<JudgedFinding>, severity: Severity): AsyncGenerator<JudgedFinding, void> {
  for await (const finding of findings) if (finding.severity === severity) yield finding;
}
