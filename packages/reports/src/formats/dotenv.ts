import { missingFindings } from '../missing-findings.js';
import type { ReportFormat, ReportInput, ReportText } from '../report.js';
import { webAddress } from '../web-address.js';

/** Longer values are left out: a file of 5 kB is refused. */
const MAX_VALUE = 1000;

/**
 * Nothing that a shell or GitLab acts on (`$`, `%`, `&`, `~`, quotes, blanks, line ends): GitLab replaces `$NAME` and
 * `%NAME%` in these values by variables of the later job, secrets among them, and people source the file. `#` begins a
 * comment behind a blank only, and in an assignment `?` stands for itself: addresses of scans need both.
 */
const HARMLESS = /^[A-Za-z0-9_.:/?#@=+,-]*$/u;

/**
 * Variables for later jobs: the verdict, counts, the scan. What is not known is empty, never 0. At most 20 variables
 * and 5 kB, as GitLab takes them. The names do not begin with `VERAPIPE_`, which would be options of a later verapipe.
 *
 * @see docs.gitlab.com "artifacts:reports:dotenv"
 */
export const dotenv: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input): ReportText {
    for (const [name, value] of Object.entries(variablesOf(input))) yield `VERACODE_RESULT_${name}=${harmless(value)}\n`;
  },
};

type Value = string | number | boolean | null | undefined;

function variablesOf(input: ReportInput): Readonly<Record<string, Value>> {
  const { results, tally } = input;
  const { verdict, reportOnly, failure, scan, application, sandbox, policy, counts, generatedAt } = results;
  const known = counts === null ? null : tally;
  return {
    VERDICT: verdict,
    REPORT_ONLY: reportOnly,
    FAILURE: failure?.code,
    GENERATED_AT: generatedAt,
    SCAN_KIND: scan?.kind,
    SCAN_ID: scan?.id,
    SCAN_URL: webAddress(scan?.url ?? null),
    APPLICATION_ID: application?.id,
    SANDBOX_ID: sandbox?.id,
    POLICY_EVALUATION: policy?.evaluation,
    COMPLETE: counts === null ? null : missingFindings(input) === null,
    FINDINGS: known?.total,
    FINDINGS_AFFECTING_POLICY: known?.affectingPolicy,
    FINDINGS_MITIGATED: known?.mitigated,
    OPEN_VERY_HIGH: known?.openBySeverity[5],
    OPEN_HIGH: known?.openBySeverity[4],
    OPEN_MEDIUM: known?.openBySeverity[3],
    OPEN_LOW: known?.openBySeverity[2],
    OPEN_VERY_LOW: known?.openBySeverity[1],
    OPEN_INFORMATIONAL: known?.openBySeverity[0],
  };
}

function harmless(value: Value): string {
  const text = String(value ?? '');
  return text.length <= MAX_VALUE && HARMLESS.test(text) ? text : '';
}
