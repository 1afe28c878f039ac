import type { Env } from '../auth/credential-chain.js';
import type { ApiCredentials } from '../auth/credentials.js';
import { hostsOfPlatformUrl, hostsOfRegion } from '../auth/platform-hosts.js';
import type { Region } from '../auth/region.js';
import { type Clock, systemClock } from '../kernel/clock.js';
import { ValidationError } from '../kernel/errors.js';
import { type Logger, silentLogger } from '../kernel/logger.js';
import { type RandomSource, systemRandom } from '../kernel/random.js';
import { VERSION } from '../kernel/version.js';
import type { HttpClient } from '../transport/http.js';
import { createPipeline } from '../transport/pipeline.js';
import { createRateLimiter, type RateLimiter } from '../transport/policies/rate-limit.js';
import { proxyFor } from '../transport/proxy.js';
import { createUndiciHttpClient } from '../transport/undici-http-client.js';
import type { VeracodeClient } from './veracode-client.js';

/** What {@link createVeracodeClient} is made from; everything but the credentials has a default. @public */
export interface VeracodeClientOptions {
  readonly credentials: ApiCredentials;
  /** One base for XML and REST (emulator, gateway); beats the region. `http:` only to this machine. */
  readonly platformUrl?: string;
  /** @defaultValue the region of the credentials' prefix */
  readonly region?: Region;
  /** `http://[user:password@]host:port`. @defaultValue the environment's `HTTPS_PROXY`, `ALL_PROXY` */
  readonly proxy?: string;
  /** PEM file of certificate authorities to trust in addition. */
  readonly caFile?: string;
  /** Where proxy variables are read. @defaultValue no variables */
  readonly env?: Env;
  /** How many agents share the outgoing address: the documented limits are divided by it. @defaultValue 1 */
  readonly rateShare?: number;
  /** One for all clients of a process, so that a 429 to one of them holds back the others; then `rateShare` means nothing. @defaultValue its own */
  readonly limiter?: RateLimiter;
  /** Added to the `User-Agent`, for instance `azure-devops/1.2.3`. */
  readonly userAgentSuffix?: string;
  readonly clock?: Clock;
  readonly random?: RandomSource;
  readonly logger?: Logger;
  /** Replaces the real network; then `proxy`, `caFile` and `env` mean nothing. */
  readonly httpClient?: HttpClient;
}

/**
 * Makes the client that every API function takes. Opens no connection yet.
 *
 * @throws ValidationError when the platform URL, the proxy, the rate share or the suffix is not usable; what is wrong
 *   with the CA file is found with the first request
 * @public
 */
export function createVeracodeClient(options: VeracodeClientOptions): VeracodeClient {
  const { credentials, clock = systemClock, random = systemRandom, logger = silentLogger, rateShare = 1 } = options;
  if (!(rateShare >= 1 && Number.isFinite(rateShare))) {
    throw new ValidationError([{ path: 'rateShare', got: String(rateShare), wanted: 'a number from 1' }]);
  }
  const hosts =
    options.platformUrl === undefined
      ? hostsOfRegion(options.region ?? credentials.region)
      : hostsOfPlatformUrl(options.platformUrl);
  const httpClient = options.httpClient ?? createNetwork(options, new URL(hosts.xmlBaseUrl));
  const userAgent = describeUserAgent(options.userAgentSuffix);
  const limiter = options.limiter ?? createRateLimiter({ clock, rateShare });
  const send = createPipeline({ httpClient, credentials, userAgent, limiter, clock, random, logger });
  return { hosts, send, clock, random, logger, close: () => httpClient.close() };
}

/** The real network. Looks at the proxy settings now, so that a mistake in them is found before any work. */
function createNetwork({ proxy, caFile, env }: VeracodeClientOptions, platform: URL): HttpClient {
  const options = {
    ...(proxy === undefined ? {} : { proxy }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(env === undefined ? {} : { env }),
  };
  proxyFor(platform, options);
  return createUndiciHttpClient(options);
}

/** @throws ValidationError when the suffix cannot stand in a header */
export function describeUserAgent(suffix: string | undefined): string {
  if (suffix === undefined) return `verapipe/${VERSION}`;
  if (!/^[\x20-\x7e]*$/.test(suffix)) {
    throw new ValidationError([{ path: 'userAgentSuffix', got: 'other characters', wanted: 'printable ASCII' }]);
  }
  return `verapipe/${VERSION} ${suffix}`;
}
