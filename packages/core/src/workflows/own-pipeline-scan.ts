import { getPipelineScan } from '../api/rest/pipeline-scans.js';
import type { PipelineScan } from '../codecs/pipeline-scan.js';
import { isVeracodeError, ProtocolError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import type { PipelineRun } from './pipeline-run.js';

/** Reads a scan that we have made. Undefined while the platform does not know it yet: a read may lag behind. */
export async function findOwnPipelineScan(run: PipelineRun, scanId: string, call: CallOptions): Promise<PipelineScan | undefined> {
  try {
    return await getPipelineScan(run.client, { scanId }, call);
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** The same for a wait, where it is a failed poll that the next one makes up for. @throws ProtocolError `own-scan-unknown` */
export async function readOwnPipelineScan(run: PipelineRun, scanId: string, call: CallOptions): Promise<PipelineScan> {
  const scan = await findOwnPipelineScan(run, scanId, call);
  if (scan !== undefined) return scan;
  throw new ProtocolError(`The platform does not know pipeline scan ${scanId}, which it has made for us.`, {
    code: 'own-scan-unknown',
    advice: 'Run again; if it happens again, open a case with the vendor.',
  });
}
