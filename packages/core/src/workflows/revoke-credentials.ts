import { getCredentials, revokeCredentials } from '../api/rest/credentials.js';
import { bareApiId } from '../auth/region.js';
import { isVeracodeError, ServiceError } from '../kernel/errors.js';
import type { CallingRun } from './run.js';

/** An accepted call that did nothing is worth another attempt: it is idempotent. */
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
 * proof, because that pair was accepted a moment before; that the pair is not found is one only behind an accepted
 * revocation.
 *
 * @throws NotFoundError (no such pair, or not ours to see), ServiceError `not-revoked`, the errors of the calls
 * @public
 */
export async function revokeAndProve(run: CallingRun, { apiId, signingApiId }: RevocationRequest): Promise<RevokedCredentials> {
  const { client, call } = run;
  const isOwn = bareApiId(apiId) === bareApiId(signingApiId);
  if ((await getCredentials(client, { apiId }, call)).revoked) return { apiId, before: true };
  let wasAccepted = false;
  let wasFound = true;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const answer = await answerOf(isOwn, async () => {
      await revokeCredentials(client, { apiId }, call);
      return 'accepted';
    });
    wasAccepted ||= answer === 'accepted';
    // Whatever the call was answered with, only a reading proves it, and a proxy can say that there is nothing.
    const shown = await answerOf(isOwn, async () => ((await getCredentials(client, { apiId }, call)).revoked ? 'revoked' : 'good'));
    if (shown === 'revoked' || shown === 'refused' || (shown === 'not-found' && wasAccepted)) return { apiId, before: false };
    wasFound = shown === 'good';
  }
  throw notRevoked(apiId, { wasAccepted, wasFound });
}

/** After a lost answer the repeat is refused, or finds nothing: neither is an error here. */
async function answerOf<T>(isOwn: boolean, work: () => Promise<T>): Promise<T | 'refused' | 'not-found'> {
  try {
    return await work();
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    if (isOwn && error.name === 'AuthenticationError') return 'refused';
    if (error.name === 'NotFoundError') return 'not-found';
    throw error;
  }
}

function notRevoked(apiId: string, { wasAccepted, wasFound }: { readonly wasAccepted: boolean; readonly wasFound: boolean }): ServiceError {
  const message = wasAccepted
    ? `The platform accepted the revocation of ${apiId}, but still shows the pair as good.`
    : wasFound
      ? `The platform accepted no revocation of ${apiId}, and still shows the pair as good.`
      : `Whether ${apiId} is revoked is not known: the platform showed the pair, accepted no revocation, and then answered with 404, as a proxy can, too.`;
  return new ServiceError(message, { code: 'not-revoked', outcome: 'unknown', advice: 'Give the same command again, or revoke the pair on the platform.' });
}
