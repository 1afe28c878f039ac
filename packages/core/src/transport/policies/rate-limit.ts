import type { Clock } from '../../kernel/clock.js';
import { isVeracodeError, RateLimitError } from '../../kernel/errors.js';
import { createSemaphore, type Semaphore } from '../../kernel/semaphore.js';
import type { LimitClass, Policy } from '../http.js';
import { retryAfterMsOf } from '../retry/backoff.js';
import { LONGEST_WAIT_MS } from '../retry/retry-after.js';
import { CALLS_PER_MINUTE, createTokenBucket, type TokenBucket } from './limits.js';

/** @see docs.veracode.com "API usage and access guidelines" */
const MAX_CONCURRENT = 5;

/** Parts that the rate limiter works with. @public */
export interface RateLimitOptions {
  readonly clock: Clock;
  /** How many agents share the outgoing address. @defaultValue 1 */
  readonly rateShare?: number;
}

/** What is known about one host. */
interface HostState {
  /** Monotonic time until which the host wants to be left alone. */
  pausedUntilMs: number;
  readonly places: Semaphore;
  readonly lanes: Map<LimitClass, Lane>;
}

/** The callers of one limit class: they pass one after the other. */
interface Lane {
  readonly turn: Semaphore;
  readonly bucket: TokenBucket;
}

/** Lets calls pass as the limits allow; clients that are given the same one share it. @public */
export type RateLimiter = Policy;

/**
 * Keeps all calls of a process within the documented limits, per host and limit class, at most five at a time. One
 * 429 holds back every caller of that host; one that asks for more than an hour ends their calls. Waiting ends with the
 * call's signal.
 *
 * @throws RateLimitError `host-paused`
 * @public
 */
export function createRateLimiter({ clock, rateShare = 1 }: RateLimitOptions): RateLimiter {
  const hosts = new Map<string, HostState>();

  function hostOf(url: URL): HostState {
    const known = hosts.get(url.host);
    if (known !== undefined) return known;
    const created: HostState = { pausedUntilMs: -Infinity, places: createSemaphore(MAX_CONCURRENT), lanes: new Map() };
    hosts.set(url.host, created);
    return created;
  }

  function laneOf(host: HostState, limitClass: LimitClass): Lane {
    const known = host.lanes.get(limitClass);
    if (known !== undefined) return known;
    const bucket = createTokenBucket(CALLS_PER_MINUTE[limitClass] / rateShare);
    const created: Lane = { turn: createSemaphore(1), bucket };
    host.lanes.set(limitClass, created);
    return created;
  }

  /** Waits for turn, pause, token and place; a pause that began meanwhile is waited for as well. */
  async function enter(host: HostState, lane: Lane, signal: AbortSignal | undefined): Promise<() => void> {
    const endTurn = await lane.turn.acquire(signal);
    try {
      for (;;) {
        const nowMs = clock.monotonicMs();
        const pauseMs = host.pausedUntilMs - nowMs;
        if (pauseMs > LONGEST_WAIT_MS) throw hostPaused(pauseMs);
        const waitMs = Math.max(pauseMs, lane.bucket.waitMs(nowMs));
        if (waitMs > 0) await clock.sleep(waitMs, signal);
        const leave = await host.places.acquire(signal);
        if (host.pausedUntilMs <= clock.monotonicMs()) {
          lane.bucket.take(clock.monotonicMs());
          return leave;
        }
        leave();
      }
    } finally {
      endTurn();
    }
  }

  return (next) => async (exchange) => {
    const { url, operation, call } = exchange.request;
    const host = hostOf(url);
    const leave = await enter(host, laneOf(host, operation.limitClass), call.signal);
    try {
      return await next(exchange);
    } catch (error) {
      if (isVeracodeError(error) && error.name === 'RateLimitError') {
        const pauseMs = retryAfterMsOf(error) ?? 0;
        host.pausedUntilMs = Math.max(host.pausedUntilMs, clock.monotonicMs() + pauseMs);
      }
      throw error;
    } finally {
      leave();
    }
  };
}

function hostPaused(retryAfterMs: number): RateLimitError {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  return new RateLimitError(`The platform has asked to be left alone for ${minutes} minutes more.`, {
    code: 'host-paused',
    retryAfterMs,
    advice: 'Run again then. Where several agents share one address, divide the limits among them (--rate-share).',
  });
}
