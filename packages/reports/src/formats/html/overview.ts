import type { ReportInput } from '../../report.js';
import { decisionsSection } from './decisions-section.js';
import { gatesSection } from './gates-section.js';
import { html, type Markup } from './markup.js';
import { runSection } from './run-section.js';
import { severitySection } from './severity-section.js';
import { trendSection } from './trend-section.js';
import { noticesSection, verdictSection } from './verdict-section.js';
import { countWords } from './word-counts.js';

/** Everything but the findings: both HTML formats begin with it. `main` is left open for what follows. */
export async function overview(input: ReportInput): Promise<Markup> {
  const { results, earlier } = input;
  const severities = results.counts === null ? null : severitySection(input, await countWords(input));
  return html`${verdictSection(results)}<main>
${noticesSection(input)}<div class="overview">
${columnOf(severities, gatesSection(results))}${columnOf(trendSection(results, earlier), decisionsSection(results), runSection(results))}</div>
`;
}

/** Where there is room, columns stand side by side, and each keeps its cards while they are opened. */
function columnOf(...cards: readonly (Markup | null)[]): Markup | null {
  return cards.every((card) => card === null) ? null : html`<div class="column">\n${cards}</div>\n`;
}
