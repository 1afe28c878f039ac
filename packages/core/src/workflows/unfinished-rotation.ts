import { getOwnCredentials } from '../api/rest/credentials.js';
import { getOwnUser } from '../api/rest/users.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { type ApiCredentials, parseCredentials } from '../auth/credentials.js';
import { bareApiId } from '../auth/region.js';
import type { CredentialDestination, WritablePair } from '../domain/credential-destination.js';
import type { User } from '../domain/user.js';
import { ConflictError, isVeracodeError } from '../kernel/errors.js';
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
export type UnfinishedRotation =
  | { readonly use: 'place'; readonly pair: WritablePair; readonly expiresAt: string | null; /** User name. */ readonly account: string }
  | { readonly use: 'refused'; readonly pair: WritablePair };

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
  const client = connect(credentialsOf(pair));
  const shown = await unlessRefused(getOwnCredentials(client, run.call));
  if (shown === null || bareApiId(shown.apiId) !== bareApiId(pair.apiId)) return { use: 'refused', pair };
  const owner = await getOwnUser(client, run.call);
  // The pair that signs may have ended with the interrupted rotation: then there is nothing to compare with.
  const wanted = userGuid ?? (await unlessRefused(getOwnUser(run.client, run.call)))?.guid ?? owner.guid;
  if (owner.guid !== wanted) throw ofAnother(pair, owner, destination);
  return { use: 'place', pair, expiresAt: shown.expiresAt, account: owner.userName };
}

/** A written pair, to sign with. */
export function credentialsOf({ apiId, apiSecret }: WritablePair): ApiCredentials {
  return parseCredentials({ apiId, apiKey: apiSecret.reveal() });
}

function ofAnother({ apiId }: WritablePair, { userName }: User, { describe: place }: CredentialDestination): ConflictError {
  return new ConflictError(`Beside ${place} stands the pair ${apiId} of an interrupted rotation, and it is of another account ("${userName}").`, {
    code: 'pair-of-another-account',
    advice: 'Finish that rotation first, with the command that began it; or give another place.',
  });
}

/** What a call tells; null when the platform refuses the pair that it is signed with. */
async function unlessRefused<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'AuthenticationError') return null;
    throw error;
  }
}
