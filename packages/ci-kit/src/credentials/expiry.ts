import { createDeadline, getOwnCredentials, isVeracodeError, type OwnCredentials, type VeracodeClient } from '@verapipe/core';

import type { CredentialChoice } from './choose-credentials.js';
import { signingPair, type SigningPair } from './signing-pair.js';

/** What is said about the end of the credentials. */
export interface ExpiryNotice {
  readonly message: string;
  /** True within the last week. */
  readonly loud: boolean;
}

const DAY_MS = 24 * 60 * 60_000;
const NOTICE_DAYS = 30;
const LOUD_DAYS = 7;
/** The look-up is a courtesy: it must not hold up a run. */
const TIMEOUT_MS = 15_000;

const RENEWAL = 'Create a new pair (verapipe credentials rotate) and update the secrets of the CI.';

/** Whole days until the end, below zero after it; null when no end is named. Pure. */
export function wholeDaysLeft({ expiresAt }: Pick<OwnCredentials, 'expiresAt'>, nowMs: number): number | null {
  return expiresAt === null ? null : Math.floor((Date.parse(expiresAt) - nowMs) / DAY_MS);
}

/** One line about credentials that end within 30 days; null for all others. Pure. */
export function expiryNotice({ apiId, expiresAt, revoked, newer }: SigningPair, nowMs: number): ExpiryNotice | null {
  if (newer !== null) return { message: supersededBy(apiId, newer), loud: true };
  if (revoked) return { message: `The API credentials have been revoked. ${RENEWAL}`, loud: true };
  if (expiresAt === null) return null;
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs > NOTICE_DAYS * DAY_MS) return null;
  const days = Math.floor(leftMs / DAY_MS);
  const when = leftMs < 0 ? 'ended' : days === 0 ? 'end within a day,' : `end in ${days} ${days === 1 ? 'day' : 'days'},`;
  return { message: `The API credentials ${when} at ${expiresAt}. ${RENEWAL}`, loud: leftMs <= LOUD_DAYS * DAY_MS };
}

function supersededBy(apiId: string, { apiId: newerId, revoked }: NonNullable<SigningPair['newer']>): string {
  const what = `The API credentials in use (${apiId}) were superseded by a newer pair of the account (${newerId})`;
  const cure = revoked ? 'Make another one' : 'Hand the newer one to this job, or make another one';
  return `${what}${revoked ? ', which is revoked' : ''}: they end within 24 hours of its making. ${cure} (verapipe credentials rotate).`;
}

/** A client, and whose pair it signs with. */
export interface SigningClient {
  readonly client: VeracodeClient;
  readonly choice: CredentialChoice;
}

/**
 * Asks the platform once when the credentials end. Whatever goes wrong is only logged: the run itself finds out
 * whether the credentials are good.
 */
export async function lookUpExpiry({ client, choice }: SigningClient, signal: AbortSignal | undefined): Promise<ExpiryNotice | null> {
  try {
    const deadline = createDeadline(client.clock, TIMEOUT_MS);
    const shown = await getOwnCredentials(client, { attempts: 1, deadline, ...(signal === undefined ? {} : { signal }) });
    return expiryNotice(signingPair(shown, choice), client.clock.now());
  } catch (error) {
    const reason = isVeracodeError(error) ? error.code : String(error);
    client.logger.debug('The end of the credentials could not be read.', { reason });
    return null;
  }
}
