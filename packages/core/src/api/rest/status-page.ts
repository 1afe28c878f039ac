import { decodePlatformStatus } from '../../codecs/rest-documents/platform-status.js';
import { parseJsonObject } from '../../codecs/rest.js';
import type { PlatformStatus } from '../../domain/platform-status.js';
import { readText } from '../../transport/body.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import { receive } from '../../transport/policies/receive.js';
import type { OpenClient } from '../open-client.js';

const GET_STATUS: Operation = { name: 'GET /api/v2/summary.json', idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const STATUS_PAGE_OPERATIONS = [GET_STATUS];

const ATTEMPT_TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the summary of the public status page: incidents, maintenance under way and planned. It is another site than the
 * platform, and what it does not say means nothing: whoever asks takes a failure for "unknown".
 *
 * @param pageUrl - without a slash at its end: `https://status.veracode.com`
 * @operation GET /api/v2/summary.json (idempotent)
 * @throws ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getmaintenancescheduleinfo.do"
 * @public
 */
export function getPlatformStatus(client: OpenClient, pageUrl: string, call: CallOptions = {}): Promise<PlatformStatus> {
  return receive(client.clock)(client.send)({
    request: {
      operation: GET_STATUS,
      method: 'GET',
      url: new URL(`${pageUrl}/api/v2/summary.json`),
      headers: { accept: 'application/json' },
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: async (response) => decodePlatformStatus(parseJsonObject(await readText(response, MAX_BYTES), GET_STATUS.name), GET_STATUS.name),
  });
}
