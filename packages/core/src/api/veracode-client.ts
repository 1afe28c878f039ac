import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import type { RandomSource } from '../kernel/random.js';
import type { Send } from '../transport/http.js';

/** Where a platform lives. @public */
export interface PlatformHosts {
  /** Base of the XML APIs and of links for people, no trailing slash. */
  readonly xmlBaseUrl: string;
  /** Base of the REST APIs, no trailing slash. */
  readonly restBaseUrl: string;
}

/** What the API functions need; made by `createVeracodeClient`. @public */
export interface VeracodeClient {
  readonly hosts: PlatformHosts;
  readonly send: Send;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Ends idle connections. */
  close(): Promise<void>;
}
