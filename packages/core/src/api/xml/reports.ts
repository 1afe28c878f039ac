import { createReportCheck } from '../../codecs/report-check.js';
import { writeBodyToFile, type WrittenFile } from '../../transport/body-to-file.js';
import { formBody } from '../../transport/body.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { type XmlOperation, xmlOperation } from './xml-call.js';

const DETAILED_REPORT = xmlOperation('/api/5.0/detailedreport.do', { idempotent: true, reads: true, limitClass: 'xml-report' });
const SUMMARY_REPORT = xmlOperation('/api/4.0/summaryreport.do', { idempotent: true, reads: true, limitClass: 'xml-report' });

/** The calls of this file. */
export const REPORT_OPERATIONS = [DETAILED_REPORT, SUMMARY_REPORT];

/** The platform counts the findings before the first byte, which takes minutes for large applications. */
const ATTEMPT_TIMEOUT_MS = 300_000;

/** Which report, and where it goes. @public */
export interface ReportDownload {
  readonly buildId: string;
  /** Path of the file; an existing one is replaced. */
  readonly file: string;
}

/**
 * Writes the detailed report of a published build to a file, as it comes, in constant memory. The file appears only
 * when a whole, well-formed report has arrived: an `<error>`, a page, or a cut answer never becomes a report file.
 *
 * Counts as a report call: 80 a minute and outgoing address. Some kilobytes for each finding.
 *
 * @operation POST /api/5.0/detailedreport.do (idempotent)
 * @throws RefusedError (no report yet), AuthorizationError, ProtocolError, LocalError (disk full, not writable), and
 *   the errors of the transport
 * @see docs.veracode.com "detailedreport.do"
 * @public
 */
export function downloadDetailedReport(
  client: VeracodeClient,
  download: ReportDownload,
  call: CallOptions = {},
): Promise<WrittenFile> {
  return downloadReport(client, DETAILED_REPORT, { ...download, root: 'detailedreport' }, call);
}

/**
 * Writes the summary report of a published build to a file: counts of findings without the findings. Otherwise like
 * {@link downloadDetailedReport}.
 *
 * @operation POST /api/4.0/summaryreport.do (idempotent)
 * @throws RefusedError (no report yet), AuthorizationError, ProtocolError, LocalError (disk full, not writable), and
 *   the errors of the transport
 * @see docs.veracode.com "summaryreport.do"
 * @public
 */
export function downloadSummaryReport(
  client: VeracodeClient,
  download: ReportDownload,
  call: CallOptions = {},
): Promise<WrittenFile> {
  return downloadReport(client, SUMMARY_REPORT, { ...download, root: 'summaryreport' }, call);
}

function downloadReport(
  client: VeracodeClient,
  operation: XmlOperation,
  { buildId, file, root }: ReportDownload & { readonly root: string },
  call: CallOptions,
): Promise<WrittenFile> {
  return client.send({
    request: {
      operation,
      method: 'POST',
      url: new URL(client.hosts.xmlBaseUrl + operation.path),
      headers: {},
      body: formBody({ build_id: buildId }),
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: (response) => writeBodyToFile(response, file, { observer: createReportCheck(operation.name, root) }),
  });
}
