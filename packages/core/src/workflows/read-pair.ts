import { getCredentialsOfUser, getOwnCredentials, type OwnCredentials } from '../api/rest/credentials.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** Reads the state of an account's newest pair; null when it has none. @public */
export type PairReader = () => Promise<OwnCredentials | null>;

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
