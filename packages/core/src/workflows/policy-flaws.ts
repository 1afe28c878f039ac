import { getSummaryReport } from '../api/rest/summary-report.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { downloadDetailedReport } from '../api/xml/reports.js';
import { readDetailedReport, readPolicyFlaws } from '../codecs/detailed-report-stream.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import type { PolicyFlaw } from '../domain/policy-flaw.js';
import type { SummaryReport } from '../domain/summary-report.js';
import { isVeracodeError, ProtocolError } from '../kernel/errors.js';
import type { WrittenFile } from '../transport/body-to-file.js';
import type { CallOptions } from '../transport/http.js';
import { countContradictions } from './report-contradictions.js';

/** Which flaws, and where the report of them goes. @public */
export interface PolicyFlawsRequest {
  readonly application: Pick<ApplicationProfile, 'guid' | 'applicationId' | 'name'>;
  /** Path of the file; an existing one is replaced. */
  readonly file: string;
}

/** The static flaws of the newest published policy scan. @public */
export interface PolicyFlaws {
  /** Null: the application has no published policy scan. */
  readonly scan: { readonly buildId: string; readonly report: WrittenFile } | null;
  readonly flaws: readonly PolicyFlaw[];
}

/**
 * Reads the static flaws of an application's newest published policy scan, with what was decided about them and, where
 * the report carries them, their hashes: the findings of the REST API have none. Two calls; the summary names the build,
 * the detailed report is kept as a file.
 *
 * @throws RefusedError (no report), AuthorizationError, ProtocolError `policy-report-contradicts` (counts that do not add
 *   up, another build or application, a sandbox), LocalError, and the errors of the transport
 * @public
 */
export async function collectPolicyFlaws(client: VeracodeClient, { application, file }: PolicyFlawsRequest, call: CallOptions = {}): Promise<PolicyFlaws> {
  const summary = await newestSummary(client, application.guid, call);
  if (summary === null) return { scan: null, flaws: [] };
  const { buildId } = summary;
  if (summary.sandboxName !== null) throw contradicts(buildId, [`it is of sandbox "${summary.sandboxName}"`]);
  const report = await downloadDetailedReport(client, { buildId, file }, call);
  const contradictions = countContradictions(await readDetailedReport(file), { id: buildId, applicationId: application.applicationId });
  if (contradictions.length > 0) throw contradicts(buildId, contradictions);
  const flaws: PolicyFlaw[] = [];
  for await (const flaw of readPolicyFlaws(file)) flaws.push(flaw);
  return { scan: { buildId, report }, flaws };
}

/** The profile has just been found: what is not there is a published scan. */
async function newestSummary(client: VeracodeClient, applicationGuid: string, call: CallOptions): Promise<SummaryReport | null> {
  try {
    return await getSummaryReport(client, { applicationGuid, sandboxGuid: null, buildId: null }, call);
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'NotFoundError') return null;
    throw error;
  }
}

function contradicts(buildId: string, clauses: readonly string[]): ProtocolError {
  return new ProtocolError(`The report of policy scan ${buildId} cannot be trusted: ${clauses.join('; ')}. No mitigation was taken from it.`, {
    code: 'policy-report-contradicts',
    advice: 'Run again; the platform computes the report anew each time.',
  });
}
