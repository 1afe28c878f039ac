import type { ValidationIssue } from '../kernel/errors.js';
import { isLoopbackHost } from '../kernel/loopback.js';

/** The vendor's "at least two minutes" between two status calls. @see docs.veracode.com "API usage and access guidelines" */
const BEST_PRACTICE_SECONDS = 120;
/** Never faster than this against a host that others use as well, whatever is allowed. */
const FASTEST_SECONDS = 30;
/** On this machine nobody else is kept waiting. */
const LOOPBACK_SECONDS = 1;
const SLOWEST_SECONDS = 3600;

/** What somebody asked for about polling. @public */
export interface RawPolling {
  /** Null means the default: 120, on this machine 1. */
  readonly pollIntervalSeconds: number | null;
  readonly allowFastPolling: boolean;
}

/** A judged interval, or what is wrong with it. */
export interface ParsedPolling {
  readonly pollIntervalMs: number;
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly string[];
}

/** Judges a polling interval against the host that is polled. Pure. */
export function parsePolling({ pollIntervalSeconds, allowFastPolling }: RawPolling, platformUrl: string): ParsedPolling {
  const isLoopback = isLoopbackHost(new URL(platformUrl).hostname);
  const seconds = pollIntervalSeconds ?? (isLoopback ? LOOPBACK_SECONDS : BEST_PRACTICE_SECONDS);
  const wanted = wantedInstead(seconds, isLoopback, allowFastPolling);
  const isFast = wanted === null && !isLoopback && seconds < BEST_PRACTICE_SECONDS;
  return {
    pollIntervalMs: Math.round(seconds * 1000),
    issues: wanted === null ? [] : [{ path: 'pollInterval', got: `${seconds} s`, wanted }],
    warnings: isFast
      ? [`Status is asked for every ${seconds} s; the vendor asks for at least ${BEST_PRACTICE_SECONDS} s between two status calls.`]
      : [],
  };
}

/** Null when the interval is fine. */
function wantedInstead(seconds: number, isLoopback: boolean, allowFastPolling: boolean): string | null {
  if (!Number.isFinite(seconds) || seconds > SLOWEST_SECONDS) return `at most ${SLOWEST_SECONDS} s`;
  if (isLoopback) return seconds >= LOOPBACK_SECONDS ? null : `at least ${LOOPBACK_SECONDS} s`;
  if (seconds >= BEST_PRACTICE_SECONDS) return null;
  if (allowFastPolling) return seconds >= FASTEST_SECONDS ? null : `at least ${FASTEST_SECONDS} s, also with --allow-fast-polling`;
  return `at least ${BEST_PRACTICE_SECONDS} s: Veracode's API best practices ask for two minutes or more between status calls (--allow-fast-polling goes down to ${FASTEST_SECONDS} s)`;
}
