import { getCredentials, revokeCredentials } from '../api/rest/credentials.js';
import { bareApiId } from '../auth/region.js';
import { isVeracodeError, ServiceError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** A call that was answered and did nothing (a page of a gateway says 200 as well) is worth another attempt: it is idempotent. */
const MAX_ATTEMPTS = 3;

/** Which pair to revoke, and which one signs. @public */
export interface RevocationRequest {
  readonly apiId: string;
  readonly signingApiId: string;
}

/** @public */
export interface RevokedCredentials {
  readonly apiId: string;
  /** True when the pair had been revoked before. */
  readonly before: boolean;
}

/**
 * Revokes a pair, and proves it by reading the pair again. The platform's refusal of the very pair that signs is such a
 * proof, because that pair was accepted a moment before.
 *
 * @throws NotFoundError (no such pair, or not ours to see), ServiceError `not-revoked`, the errors of the calls
 * @public
 */
export async function revokeAndProve(run: CallingRun, { apiId, signingApiId }: RevocationRequest): Promise<RevokedCredentials> {
  const { client, call } = run;
  const isOwn = bareApiId(apiId) === bareApiId(signingApiId);
  if ((await getCredentials(client, { apiId }, call)).revoked) return { apiId, before: true };
  const isGone = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      if (!isVeracodeError(error)) throw error;
      // After a lost answer the repeat is refused, or finds nothing: the first one took effect.
      if ((isOwn && error.name === 'AuthenticationError') || error.name === 'NotFoundError') return true;
      throw error;
    }
  };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    await isGone(async () => {
      await revokeCredentials(client, { apiId }, call);
      return false;
    });
    // Whatever the call was answered with, only a reading proves it: a proxy can say that there is nothing, too.
    if (await isGone(async () => (await getCredentials(client, { apiId }, call)).revoked)) return { apiId, before: false };
  }
  throw new ServiceError(`The platform accepted the revocation of ${apiId}, but still shows the pair as good.`, {
    code: 'not-revoked',
    outcome: 'unknown',
    advice: 'Give the same command again, or revoke the pair on the platform.',
  });
}
