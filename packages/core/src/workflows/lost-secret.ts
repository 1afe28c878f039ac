import { bareApiId } from '../auth/region.js';
import { AuthenticationError, isVeracodeError, ServiceError, type VeracodeError } from '../kernel/errors.js';
import type { PairReader } from './read-pair.js';

/** What is known when a call that makes a pair ended without an answer that can be trusted. */
interface LostAnswer {
  readonly error: VeracodeError;
  /** Id of the account's pair before the call; null when it had none. */
  readonly before: string | null;
  readonly readPair: PairReader;
  /** True when the pair that signs belongs to the same account: a new pair ends it. */
  readonly isOwn: boolean;
  /** True where the same command leaves an account alone that has a good pair. */
  readonly isFirst: boolean;
}

/** What makes another pair where only first ones are made. */
export const ROTATE_USER = 'run verapipe credentials rotate --user for this account';

const NEVER_BLIND = 'Nothing was repeated, because a secret cannot be read back.';

/**
 * Looks at the platform after a lost answer, and says what happened and what to do. A repeat would be the wrong remedy:
 * it ends the pair that the first call may have made, whose secret nobody has.
 */
export async function explainLostSecret({ error, before, readPair, isOwn, isFirst }: LostAnswer): Promise<VeracodeError> {
  const options = { cause: error, context: error.context };
  const began = `The call that makes the new pair got no answer that can be trusted (${error.message})`;
  try {
    const after = (await readPair())?.apiId ?? null;
    if (after === null || (before !== null && bareApiId(after) === bareApiId(before))) {
      return new ServiceError(`${began}, and the platform shows no newer pair: none was made, as far as it tells. ${NEVER_BLIND}`, {
        ...options,
        code: 'no-pair-made',
        outcome: 'unknown',
        advice: isOwn ? 'The pair in use still works. Give the same command again.' : 'Give the same command again.',
      });
    }
    const fate = isOwn ? ' The pair in use still works; by the pages of the vendor for 24 hours at most.' : '';
    return new ServiceError(`${began}. The platform made the pair ${after}, but its secret was in the lost answer.${fate} ${NEVER_BLIND}`, {
      ...options,
      code: 'secret-lost',
      outcome: 'unknown',
      advice: `${isFirst ? capital(ROTATE_USER) : 'Give the same command again, soon'}: it makes another pair and ends the one whose secret is lost.`,
    });
  } catch (problem) {
    if (!isVeracodeError(problem)) throw problem;
    if (isOwn && problem.name === 'AuthenticationError') return lockedOut(`${began}. The platform made a pair and ended the one in use at once; the new secret was in the lost answer`, options);
    return new ServiceError(`${began}, and whether a pair was made could not be read either (${problem.message}). ${NEVER_BLIND}`, {
      ...options,
      code: 'pair-unknown',
      outcome: 'unknown',
      advice: isOwn
        ? 'Run verapipe credentials status: while the pair in use is accepted, give the same command again; else an administrator makes a new pair.'
        : `Give the same command again${isFirst ? `; if it says that there is a good pair already, ${ROTATE_USER}` : ''}.`,
    });
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Neither the old pair nor the new one can be used any more by this machine. */
export function lockedOut(what: string, options: { readonly cause?: unknown; readonly context?: VeracodeError['context'] } = {}): AuthenticationError {
  return new AuthenticationError(`${what}: no pair of this account is left.`, {
    ...options,
    code: 'no-pair-left',
    advice:
      'Make a pair on the platform (the page API Credentials of this account), or let an administrator run verapipe credentials rotate --user with the name of this account.',
  });
}
