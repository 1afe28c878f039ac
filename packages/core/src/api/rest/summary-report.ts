import { decodeSummaryReport } from '../../codecs/rest-documents/summary-report.js';
import { unexpectedShape } from '../../codecs/rest.js';
import type { SummaryReport } from '../../domain/summary-report.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { withQuery } from './query.js';
import { callRest } from './rest-call.js';

const GET_SUMMARY: Operation = { name: 'GET /appsec/v2/applications/{guid}/summary_report', idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const SUMMARY_OPERATIONS = [GET_SUMMARY];

/** Which scan is meant. @public */
export interface SummaryRequest {
  readonly applicationGuid: string;
  /** Null: the policy scans. */
  readonly sandboxGuid: string | null;
  /** Null: the newest published scan. */
  readonly buildId: string | null;
}

/**
 * Reads the summary of a published scan.
 *
 * @operation GET /appsec/v2/applications/{guid}/summary_report (idempotent)
 * @throws NotFoundError (no such place, or no published scan there), AuthorizationError, ProtocolError, and the errors of
 *   the transport
 * @see docs.veracode.com "Summary Report REST API"
 * @public
 */
export function getSummaryReport(client: VeracodeClient, { applicationGuid, sandboxGuid, buildId }: SummaryRequest, call: CallOptions = {}): Promise<SummaryReport> {
  const { name } = GET_SUMMARY;
  return callRest(client, {
    operation: GET_SUMMARY,
    method: 'GET',
    path: withQuery(`/appsec/v2/applications/${encodeURIComponent(applicationGuid)}/summary_report`, { context: sandboxGuid, build_id: buildId }),
    call,
    decode(answer) {
      const report = decodeSummaryReport(answer, name);
      if (buildId !== null && report.buildId !== buildId) throw unexpectedShape(name, 'the build that was asked for');
      return report;
    },
  });
}
