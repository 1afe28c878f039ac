import { getOwnCredentials, type OwnCredentials } from '../api/rest/credentials.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { type ApiCredentials, parseCredentials } from '../auth/credentials.js';
import { bareApiId } from '../auth/region.js';
import type { CredentialDestination, WritablePair } from '../domain/credential-destination.js';
import { ConflictError, isVeracodeError } from '../kernel/errors.js';
import { pairReader } from './read-pair.js';
import type { CallingRun } from './run.js';

/** Whose rotation may have been interrupted, and where its pair would stand. @public */
export interface UnfinishedSearch {
  /** Guid of another account; null: the account that signs. */
  readonly userGuid: string | null;
  readonly destination: CredentialDestination;
  /** Makes a client that signs with another pair; whoever hands it over closes it. */
  readonly connect: (credentials: ApiCredentials) => VeracodeClient;
}

/** A pair that stands beside its place already. `refused`: the platform does not accept it any more. */
export type UnfinishedRotation = { readonly use: 'place'; readonly pair: WritablePair; readonly expiresAt: string | null } | { readonly use: 'refused'; readonly pair: WritablePair };

/**
 * Looks for a rotation that was interrupted, and whether its pair is the account's newest and is accepted. Changes
 * nothing, so that a plan sees what a rotation would.
 *
 * @returns null when there is none
 * @throws ConflictError `pair-of-another-account`: its secret may still be good, so that it is not thrown away; LocalError;
 *   the errors of the calls
 */
export async function findUnfinishedRotation(run: CallingRun, { destination, connect, userGuid }: UnfinishedSearch): Promise<UnfinishedRotation | null> {
  const pair = await destination.findUnfinished();
  if (pair === null) return null;
  const shown = await readWith(connect, pair, run);
  if (shown === null || bareApiId(shown.apiId) !== bareApiId(pair.apiId)) return { use: 'refused', pair };
  // The own pair cannot be compared: the one that signs may have ended with the interrupted rotation.
  if (userGuid !== null) await expectPairOf(run, { userGuid, pair, place: destination.describe });
  return { use: 'place', pair, expiresAt: shown.expiresAt };
}

/** A written pair, to sign with. */
export function credentialsOf({ apiId, apiSecret }: WritablePair): ApiCredentials {
  return parseCredentials({ apiId, apiKey: apiSecret.reveal() });
}

async function expectPairOf(run: CallingRun, { userGuid, pair, place }: { readonly userGuid: string; readonly pair: WritablePair; readonly place: string }): Promise<void> {
  const theirs = await pairReader(run, userGuid)();
  if (theirs !== null && bareApiId(theirs.apiId) === bareApiId(pair.apiId)) return;
  throw new ConflictError(`Beside ${place} stands the pair ${pair.apiId} of an interrupted rotation, and it is of another account.`, {
    code: 'pair-of-another-account',
    advice: 'Finish that rotation first, with the command that began it; or give another place.',
  });
}

/** The state of a pair as it tells itself; null when the platform refuses it. */
async function readWith(connect: UnfinishedSearch['connect'], pair: WritablePair, { call }: CallingRun): Promise<OwnCredentials | null> {
  try {
    return await getOwnCredentials(connect(credentialsOf(pair)), call);
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'AuthenticationError') return null;
    throw error;
  }
}
