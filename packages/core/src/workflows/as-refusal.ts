import { isVeracodeError, RefusedError } from '../kernel/errors.js';

/**
 * A 400 of the REST API to a call that is known to be well formed is what an `<error>` document is in the XML API: the
 * platform understood, did nothing, and says why (a name is taken, a limit is reached).
 *
 * @throws RefusedError in place of it; everything else as it is
 */
export async function asRefusal<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isVeracodeError(error) || error.code !== 'bad-request') throw error;
    throw new RefusedError(error.message, { code: 'refused', platformText: error.message, cause: error, context: error.context });
  }
}
