import type { ApiCredentials } from '../auth/credentials.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import type { RandomSource } from '../kernel/random.js';
import type { HttpClient, Policy, Send } from './http.js';
import { attemptTimeout } from './policies/attempt-timeout.js';
import { endOfCall } from './policies/end-of-call.js';
import { identify } from './policies/identify.js';
import { log } from './policies/log.js';
import type { RateLimiter } from './policies/rate-limit.js';
import { receive } from './policies/receive.js';
import { retry } from './policies/retry.js';
import { sign } from './policies/sign.js';

/** Parts that the pipeline is made from. */
export interface PipelineOptions {
  readonly httpClient: HttpClient;
  readonly credentials: ApiCredentials;
  readonly userAgent: string;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
}

/**
 * Everything that happens to a request, outermost first. Signing comes after the limiter's wait, so that the
 * timestamp is fresh; the log sees what truly goes out.
 */
export function createPipeline(options: PipelineOptions): Send {
  const { httpClient, credentials, userAgent, limiter, clock, random, logger } = options;
  const policies: readonly Policy[] = [
    endOfCall(clock),
    identify(userAgent),
    retry({ clock, random, logger }),
    limiter,
    attemptTimeout(clock),
    sign({ credentials, clock, random }),
    log(logger, clock),
    receive(clock),
  ];
  return policies.reduceRight<Send>((next, policy) => policy(next), sendOnce(httpClient));
}

/**
 * The same for places that are open to everybody: nothing is signed, and an answer of any status is an answer.
 */
export function createOpenPipeline(options: Omit<PipelineOptions, 'credentials'>): Send {
  const { httpClient, userAgent, limiter, clock, random, logger } = options;
  const policies: readonly Policy[] = [
    endOfCall(clock),
    identify(userAgent),
    retry({ clock, random, logger }),
    limiter,
    attemptTimeout(clock),
    log(logger, clock),
  ];
  return policies.reduceRight<Send>((next, policy) => policy(next), sendOnce(httpClient));
}

/** The end of the pipeline: one request on the wire, and the reading of its answer. */
function sendOnce(httpClient: HttpClient): Send {
  const never = new AbortController().signal;
  return async ({ request, decode }) => decode(await httpClient.send(request, request.call.signal ?? never));
}
