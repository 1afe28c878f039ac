import { send, type ClientOptions, type Received } from './client.js';
import { attribute } from './rehearsal.js';

/** What came of an upload-and-scan through a real client. */
export interface ScanRun {
  readonly applicationId: string;
  readonly buildId: string;
  readonly answers: readonly Received[];
}

/** Creates a profile and a build, uploads one file and begins an auto-scan. */
export async function uploadAndScan(client: ClientOptions, name: string, content: Buffer = Buffer.from('content')): Promise<ScanRun> {
  const post = (call: string, form: Record<string, string>): Promise<Received> => send(client, `/api/5.0/${call}`, { form });
  const created = await post('createapp.do', { app_name: name, business_criticality: 'High' });
  const applicationId = attribute(created.text, 'application', 'app_id') ?? '';
  const built = await post('createbuild.do', { app_id: applicationId, version: 'v1' });
  const buildId = attribute(built.text, 'build', 'build_id') ?? '';
  const uploaded = await send(client, `/api/5.0/uploadlargefile.do?app_id=${applicationId}&filename=shop.war`, { body: content });
  const begun = await post('beginprescan.do', { app_id: applicationId, auto_scan: 'true' });
  return { applicationId, buildId, answers: [created, built, uploaded, begun] };
}

/** The status of a build's static scan. */
export async function statusOf(client: ClientOptions, { applicationId, buildId }: ScanRun): Promise<string | undefined> {
  const answer = await send(client, `/api/5.0/getbuildinfo.do?app_id=${applicationId}&build_id=${buildId}`);
  return attribute(answer.text, 'analysis_unit', 'status');
}
