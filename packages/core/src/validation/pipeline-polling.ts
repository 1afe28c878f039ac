import type { ValidationIssue } from '../kernel/errors.js';
import { isLoopbackHost } from '../kernel/loopback.js';

/** A pipeline scan lasts about as long as one interval between polls of an ordinary scan. */
const DEFAULT_SECONDS = 30;
/** Never faster than this against a host that others use as well. */
const FASTEST_SECONDS = 10;
/** On this machine nobody else is kept waiting. */
const LOOPBACK_SECONDS = 1;
/** Longer than the longest pipeline scan. */
const SLOWEST_SECONDS = 3600;

/** A judged interval, or what is wrong with it. */
export interface ParsedPipelinePolling {
  readonly pipelinePollIntervalMs: number;
  readonly issues: readonly ValidationIssue[];
}

/** Judges the polling interval of a pipeline scan against the host that is polled. Pure. @param given - null means the default: 30, on this machine 1 */
export function parsePipelinePolling(given: number | null, platformUrl: string): ParsedPipelinePolling {
  const isLoopback = isLoopbackHost(new URL(platformUrl).hostname);
  const fastest = isLoopback ? LOOPBACK_SECONDS : FASTEST_SECONDS;
  const seconds = given ?? (isLoopback ? LOOPBACK_SECONDS : DEFAULT_SECONDS);
  const isFine = seconds >= fastest && seconds <= SLOWEST_SECONDS;
  return {
    pipelinePollIntervalMs: Math.round(seconds * 1000),
    issues: isFine ? [] : [{ path: 'pipelinePollInterval', got: `${seconds} s`, wanted: `from ${fastest} s to ${SLOWEST_SECONDS} s` }],
  };
}
