import { getCredentialsOfUser, getOwnCredentials, type OwnCredentials } from '../api/rest/credentials.js';
import { ConflictError, isVeracodeError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** Reads the state of an account's newest pair; null when it has none. @public */
export type PairReader = () => Promise<OwnCredentials | null>;

/** Whether a pair is good for nothing any more: revoked, or past its end. Pure. */
export function hasEnded({ revoked, expiresAt }: OwnCredentials, nowMs: number): boolean {
  return revoked || (expiresAt !== null && Date.parse(expiresAt) <= nowMs);
}

/** Leaves an account alone that has a good pair. @throws ConflictError `pair-exists` */
export function refuseSecondPair(pair: OwnCredentials | null, nowMs: number): void {
  if (pair === null || hasEnded(pair, nowMs)) return;
  throw new ConflictError(`The account has a good pair already (${pair.apiId}); it was left as it is.`, {
    code: 'pair-exists',
    advice: 'verapipe credentials rotate --user makes a new one and ends that one.',
  });
}

/** Reads the pair of a user, or of the account that signs. @public */
export function pairReader({ client, call }: Pick<CallingRun, 'client' | 'call'>, userGuid: string | null): PairReader {
  if (userGuid === null) return () => getOwnCredentials(client, call);
  return async () => {
    try {
      return await getCredentialsOfUser(client, { userGuid }, call);
    } catch (error) {
      if (isVeracodeError(error) && error.name === 'NotFoundError') return null;
      throw error;
    }
  };
}
