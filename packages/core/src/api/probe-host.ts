import { readBytes } from '../transport/body.js';
import type { CallOptions } from '../transport/http.js';
import { parseHttpDate } from '../transport/retry/retry-after.js';
import type { OpenClient } from './open-client.js';
import { CHECK_HEALTH } from './rest/health.js';

const ATTEMPT_TIMEOUT_MS = 15_000;
/** Only the head of the answer matters; its body is read so that the connection ends in order. */
const MAX_BYTES = 256 * 1024;

/** That a host answered, and what its answer tells about time. @public */
export interface HostAnswer {
  /** Any: the request is not signed, so the platform's own is 401. */
  readonly status: number;
  /** This machine's wall clock minus the host's, milliseconds; null when the answer has no date. */
  readonly skewMs: number | null;
}

/**
 * Asks a host for its health check without a signature: whatever it answers, names resolve, the proxy lets through, and
 * its certificate is trusted. One request, two in all where no connection stood.
 *
 * @throws NetworkError, RequestTimeoutError, ValidationError (a CA file that cannot be used), and the ends of the call
 * @public
 */
export function probeHost(client: OpenClient, baseUrl: string, call: CallOptions = {}): Promise<HostAnswer> {
  const startMs = client.clock.now();
  return client.send({
    request: {
      operation: CHECK_HEALTH,
      method: 'GET',
      url: new URL(`${baseUrl}/healthcheck/status`),
      headers: {},
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call: { attempts: 2, ...call },
    },
    decode: async (response) => {
      const nowMs = client.clock.now();
      await readBytes(response, MAX_BYTES);
      const dateMs = parseHttpDate(response.headers['date']);
      return { status: response.status, skewMs: dateMs === undefined ? null : skewOf(dateMs, startMs, nowMs) };
    },
  });
}

/** The header has whole seconds and was written some time between the two moments: what fits both is no difference. */
function skewOf(dateMs: number, startMs: number, nowMs: number): number {
  if (dateMs + 1000 < startMs) return startMs - (dateMs + 1000);
  return dateMs > nowMs ? nowMs - dateMs : 0;
}
