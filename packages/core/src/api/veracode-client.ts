import type { PlatformHosts } from '../auth/platform-hosts.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import type { RandomSource } from '../kernel/random.js';
import type { Send } from '../transport/http.js';

export type { PlatformHosts };

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
