import { createDeadline, createOpenClient, getPlatformStatus, isVeracodeError, type PlatformStatus } from '@verapipe/core';

import { networkOptions } from '../run/network-options.js';
import type { RunContext } from '../run/run-context.js';

/** What is known of the public status page. */
export type ReadStatus = { readonly status: PlatformStatus } | { readonly unknown: string };

/** The page is a courtesy: it must not hold up anything. */
const TIMEOUT_MS = 5000;

/** Reads the status page once, in bounded time. That it cannot be read says nothing about the platform. */
export async function readStatus(run: RunContext, page: string | null): Promise<ReadStatus> {
  if (page === null) return { unknown: 'a platform of its own address has no public status page (--status-url names one)' };
  const client = createOpenClient(networkOptions(run));
  const { signal } = run.input;
  try {
    const call = { attempts: 1, deadline: createDeadline(run.clock, TIMEOUT_MS), ...(signal === undefined ? {} : { signal }) };
    return { status: await getPlatformStatus(client, page, call) };
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    return { unknown: `${page} could not be read (${error.code})` };
  } finally {
    await client.close();
  }
}
