import { createHash } from 'node:crypto';

import type { JudgedFinding } from '@verapipe/core';

import type { ReportFormat, ReportText } from '../../report.js';
import type { ScanResults } from '../../scan-results.js';
import { findingsWorkbench } from './findings-workbench.js';
import { rowOf } from './finding-row.js';
import { html } from './markup.js';
import { overview } from './overview.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-assets.js';
import { pageHead } from './page-head.js';
import { verdictClass } from './verdict-section.js';
import { visibleText } from '../../visible-text.js';

/** Findings in one block of data: browsers read many blocks better than one of hundreds of megabytes. */
const BLOCK = 500;

/** Nothing is fetched, and nothing runs but what we wrote: a text that got into the page as markup would still not act. */
const POLICY = `default-src 'none'; script-src ${hashOf(PAGE_SCRIPT)}; style-src ${hashOf(PAGE_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'`;

/** One file for people: overview, and all findings to search, filter and group. @see w3.org/TR/CSP3 */
export const htmlPage: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input) {
    const { results, tally, findings } = input;
    const icon = html`<link rel="icon" href="${iconOf(results)}">\n`;
    yield pageHead(results, { policy: POLICY, icon, style: html`<style>${{ markup: PAGE_STYLE }}</style>\n` });
    yield (await overview(input)).markup;
    if (results.counts !== null && tally.total > 0) {
      yield findingsWorkbench(input).markup;
      yield* dataBlocks(findings);
    }
    yield html`</main>\n<script>${{ markup: PAGE_SCRIPT }}</script>\n</body>\n</html>\n`.markup;
  },
};

async function* dataBlocks(findings: AsyncIterable<JudgedFinding>): ReportText {
  let inBlock = 0;
  for await (const finding of findings) {
    yield `${inBlock === 0 ? '<script type="application/json" class="findings">[' : ','}\n${dataOf(finding)}`;
    inBlock += 1;
    if (inBlock < BLOCK) continue;
    yield '\n]</script>\n';
    inBlock = 0;
  }
  if (inBlock > 0) yield '\n]</script>\n';
}

/** JSON in which no text can end the script element, or begin a comment in it. */
function dataOf(finding: JudgedFinding): string {
  const json = JSON.stringify(rowOf(finding), (_key, value: unknown) => (typeof value === 'string' ? visibleText(value) : value));
  return json.replaceAll('<', String.raw`\u003c`);
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}

const ICON_COLOURS: Readonly<Record<string, string>> = { pass: '1a7f4b', warn: 'b07d00', fail: 'c2255c', failed: 'c2255c' };

/** A dot in the colour of the verdict: seen among tabs. */
function iconOf(results: ScanResults): string {
  const colour = ICON_COLOURS[verdictClass(results)] ?? '76808c';
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%23${colour}'/%3E%3C/svg%3E`;
}
