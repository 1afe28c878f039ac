import { missingFindings } from '../../missing-findings.js';
import type { ReportInput } from '../../report.js';
import type { ScanResults } from '../../scan-results.js';
import { renderVerdictSentence, VERDICT_WORDS } from '../../summary-text.js';
import { html, link, type Content, type Markup } from './markup.js';
import { shownTime } from './numbers.js';

/** What the page is about, in its title: the verdict first, as tabs cut the end off. */
export function pageTitle(results: ScanResults): string {
  return `${verdictWord(results)}: ${subjectOf(results)}`;
}

/** The head of a page: the verdict and its sentence. */
export function verdictSection(results: ScanResults): Markup {
  return html`<header class="verdict ${verdictClass(results)}">
<h1><span class="badge">${verdictWord(results)}</span> <span class="subject">${subjectOf(results)}</span></h1>
<div class="proof">
<p class="sentence">${renderVerdictSentence(results)}</p>
<p class="links">${originOf(results)}</p>
</div>
</header>
`;
}

/** For style: a run that failed is red even where it has no verdict. */
export function verdictClass({ verdict, failure }: ScanResults): string {
  return failure === null ? verdict : 'failed';
}

function verdictWord(results: ScanResults): string {
  return results.failure === null ? VERDICT_WORDS[results.verdict] : 'RUN FAILED';
}

function subjectOf({ application, sandbox, scan }: ScanResults): string {
  const name = application?.name ?? scan?.name ?? '';
  const shown = name === '' ? 'Veracode findings' : name === scan?.id ? `Scan ${name}` : name;
  return sandbox === null ? shown : `${shown}, sandbox ${sandbox.name}`;
}

function originOf({ scan, ci, generatedAt }: ScanResults): Content {
  const commit = ci?.commit ?? null;
  const parts: Content[] = [html`Made ${shownTime(generatedAt)}`];
  if (ci?.branch !== undefined && ci.branch !== null) parts.push(html`branch ${ci.branch}`);
  if (commit !== null) parts.push(html`commit ${commit.slice(0, 12)}`);
  if (ci?.runUrl !== undefined && ci.runUrl !== null) parts.push(link(ci.runUrl, 'CI run'));
  if (scan?.url !== undefined && scan.url !== null) parts.push(link(scan.url, 'Scan on the platform'));
  return parts.map((part, index) => (index === 0 ? part : [' · ', part]));
}

/** Loudly, what a reader must not overlook. */
export function noticesSection(input: ReportInput): Content {
  const { results } = input;
  const missing = missingFindings(input);
  const { failure, counts, verdict, outage, reportOnly, dataPaths } = results;
  const warnings: Content[] = [];
  if (failure !== null) {
    warnings.push(html`<h2>The run failed, and this is not a clean scan</h2>
<p>${failure.message}</p>
${failure.advice === null ? null : html`<p>${failure.advice}</p>`}
<p>Exit code ${failure.exitCode}, <code>${failure.code}</code>.${counts === null ? ' No findings were read: nothing is known about how many there are.' : null}</p>`);
  } else if (counts === null) {
    const why = verdict === 'pending' ? 'The scan was submitted, and nobody waited for it.' : 'The run came to no results.';
    warnings.push(html`<h2>There are no results, and this is not a clean scan</h2>\n<p>${why} No findings were read: nothing is known about how many there are.</p>`);
  }
  if (missing !== null) warnings.push(html`<h2>Not all findings are here, and this is not a whole scan</h2>\n<p>${missing}</p>`);
  if (outage !== null) {
    warnings.push(html`<h2>An outage of the platform was tolerated, and nothing was judged</h2>
<p>Since ${shownTime(outage.since)}, tolerated until ${shownTime(outage.toleratedUntil)}. ${outage.owner}: ${outage.reason}</p>`);
  }
  if (reportOnly) warnings.push(html`<h2>The gates could not fail this run</h2>\n<p>It only reported: a failed gate did not fail the run.</p>`);
  if (dataPaths !== null && dataPaths.missing > 0) {
    warnings.push(html`<h2>Data paths are missing</h2>\n<p>${dataPaths.missing} of ${dataPaths.findings} findings have none here although they were asked for. ${dataPaths.reason}</p>`);
  }
  return warnings.map((warning, index) => html`<section class="${index === 0 && (counts === null || missing !== null) ? 'notice loud' : 'notice'}">\n${warning}\n</section>\n`);
}
