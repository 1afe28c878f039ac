import type { ReportInput } from '../../report.js';
import { webAddress } from '../../web-address.js';
import { html, type Markup } from './markup.js';

/** Where the page's script lists the findings; the words are for whoever looks at it where no script runs. */
export function findingsWorkbench({ tally: { total }, results: { ci } }: ReportInput): Markup {
  // What links to lines of the repository are made of; CI systems put tokens into addresses.
  const source = JSON.stringify(ci && { ...ci, repositoryUrl: webAddress(ci.repositoryUrl), runUrl: webAddress(ci.runUrl), jobUrl: webAddress(ci.jobUrl) });
  return html`<section class="card findings" id="findings" data-total="${total}" data-ci="${source}">
<h2>Findings</h2>
<p class="notice" id="placeholder">The list of findings stands here. If it does not come, then no script may run in this viewer, or the file is not whole. The format html-static lists all findings without script.</p>
</section>
`;
}
