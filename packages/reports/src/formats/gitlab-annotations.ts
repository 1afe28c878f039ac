import { cleanJson } from '../clean-json.js';
import { cutText } from '../cut-text.js';
import { missingFindings } from '../missing-findings.js';
import { openTotal } from '../open-total.js';
import { printable } from '../printable.js';
import type { ReportFormat, ReportInput, ReportText } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { renderCounts, VERDICT_WORDS } from '../summary-text.js';
import { webAddress } from '../web-address.js';

/** A label of a link, not a paragraph. */
const MAX_LABEL = 255;
/** However long the name of an application is, the counts behind it are seen. */
const MAX_SUBJECT = 70;

/**
 * Links on the page of a GitLab job: to the scan, else to the platform or the run, with the verdict as its text. The verdict
 * says when there are no results. Where nothing can be linked to, as on a desk, it is silent: GitLab knows no entry without a
 * link.
 *
 * @see docs.gitlab.com "artifacts:reports:annotations"
 */
export const gitlabAnnotations: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  isSilent: ({ results }) => addressOf(results) === null,
  async *render(input): ReportText {
    const url = addressOf(input.results);
    yield `${cleanJson({ Veracode: url === null ? [] : [{ external_link: { label: cutText(labelOf(input), MAX_LABEL), url } }] })}\n`;
  },
};

function addressOf({ scan, platform, ci }: ScanResults): string | null {
  const places = [scan?.url, platform?.url, ci?.jobUrl, ci?.runUrl].map((url) => webAddress(url ?? null));
  return places.find((place) => place !== null) ?? null;
}

function labelOf(input: ReportInput): string {
  const { results, tally } = input;
  const { verdict, failure, counts } = results;
  const subject = cutText(subjectOf(results), MAX_SUBJECT);
  if (failure !== null) return `${VERDICT_WORDS[verdict]}: ${subject}. ${printable(failure.message)}`;
  // A label is short: what is missing is said before the counts, which it makes doubtful.
  const missing = missingFindings(input) === null ? '' : 'Findings are missing. ';
  return `${VERDICT_WORDS[verdict]}: ${subject}. ${missing}${counts === null ? 'No findings were read.' : `${renderCounts(tally)} ${String(openTotal(tally))} open.`}`;
}

function subjectOf({ scan, application }: ScanResults): string {
  const place = application === null ? '' : ` of ${printable(application.name)}`;
  return scan === null ? `Veracode${place}` : `Veracode ${scan.kind} scan ${printable(scan.id)}${place}`;
}
