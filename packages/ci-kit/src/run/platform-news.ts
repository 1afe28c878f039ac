import { isVeracodeError } from '@verapipe/core';

import { describeStatus, isTroubled } from '../health/describe-status.js';
import { readStatus } from '../health/read-status.js';
import type { Connection } from './connect.js';
import type { RunFailure } from './run-result.js';
import type { RunContext } from './run-context.js';

/**
 * One sentence of the public status page for a run that the platform's own failure ended, when the attempts were spent.
 * One read, in bounded time; whatever goes wrong with it, the failure itself stays the news.
 *
 * @returns null for every other failure, and where nobody knows
 */
export async function platformNews(run: RunContext, connection: Connection | null, error: unknown): Promise<string | null> {
  if (connection === null || run.input.signal?.aborted === true || !isFailureOfPlatform(error)) return null;
  try {
    const read = await readStatus(run, connection.statusPage);
    if ('unknown' in read) return null;
    const said = describeStatus(read.status);
    return run.redact(isTroubled(read.status) ? `The status page says now: ${said}.` : `The status page tells of no trouble now: ${said}.`);
  } catch {
    return null;
  }
}

/** A described failure with the news at the end of its advice. */
export function withNews<T extends { readonly failure: RunFailure }>(described: T, news: string | null): T {
  if (news === null) return described;
  const { advice } = described.failure;
  return { ...described, failure: { ...described.failure, advice: advice === null ? news : `${advice} ${news}` } };
}

function isFailureOfPlatform(error: unknown): boolean {
  return isVeracodeError(error) && error.name === 'ServiceError' && (error.context.status ?? 0) >= 500;
}
