import { downloadDetailedReport } from '../api/xml/reports.js';
import { readDetailedReport } from '../codecs/detailed-report-stream.js';
import { ProtocolError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** Whose report is wanted, and where it goes. */
export interface ReportOfBuild {
  readonly buildId: string;
  readonly applicationId: string;
  /** Path of the file; an existing one is replaced. */
  readonly file: string;
}

/**
 * Writes the detailed report of a build to a file and makes sure that it is of this build: another one in its place
 * would answer a question that nobody asked. One call.
 *
 * @throws ProtocolError `another-report`; LocalError; the errors of the call
 */
export async function downloadReportOf({ client, call }: CallingRun, { buildId, applicationId, file }: ReportOfBuild): Promise<void> {
  await downloadDetailedReport(client, { buildId, file }, call);
  const report = await readDetailedReport(file);
  if (report.buildId === buildId && report.applicationId === applicationId) return;
  throw new ProtocolError(`The platform was asked for the detailed report of build ${buildId}, and sent another one (build ${report.buildId} of application ${report.applicationId}).`, {
    code: 'another-report',
    context: { operation: 'detailedreport.do' },
    advice: "Run again; if it stays, open a case with the vendor's support.",
  });
}
