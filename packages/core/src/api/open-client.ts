import type { Clock } from '../kernel/clock.js';
import { systemClock } from '../kernel/clock.js';
import { silentLogger } from '../kernel/logger.js';
import { systemRandom } from '../kernel/random.js';
import type { Send } from '../transport/http.js';
import { createOpenPipeline } from '../transport/pipeline.js';
import { createRateLimiter } from '../transport/policies/rate-limit.js';
import { createUndiciHttpClient } from '../transport/undici-http-client.js';
import { describeUserAgent, type VeracodeClientOptions } from './create-client.js';

/** What {@link createOpenClient} is made from; everything has a default. @public */
export type OpenClientOptions = Pick<
  VeracodeClientOptions,
  'proxy' | 'caFile' | 'env' | 'rateShare' | 'limiter' | 'userAgentSuffix' | 'clock' | 'random' | 'logger' | 'httpClient'
>;

/** A client without credentials, for what is open to everybody. @public */
export interface OpenClient {
  readonly send: Send;
  readonly clock: Clock;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/**
 * Makes a client that signs nothing: for the status page, and to see whether a host can be reached at all. Attempts,
 * limits, proxy and trust are those of the other client. Opens no connection yet.
 *
 * @throws ValidationError when the suffix of the user agent is not usable
 * @public
 */
export function createOpenClient(options: OpenClientOptions = {}): OpenClient {
  const { proxy, caFile, env, rateShare = 1, clock = systemClock, random = systemRandom, logger = silentLogger } = options;
  const httpClient =
    options.httpClient ??
    createUndiciHttpClient({
      ...(proxy === undefined ? {} : { proxy }),
      ...(caFile === undefined ? {} : { caFile }),
      ...(env === undefined ? {} : { env }),
    });
  const limiter = options.limiter ?? createRateLimiter({ clock, rateShare });
  const send = createOpenPipeline({ httpClient, userAgent: describeUserAgent(options.userAgentSuffix), limiter, clock, random, logger });
  return { send, clock, close: () => httpClient.close() };
}
