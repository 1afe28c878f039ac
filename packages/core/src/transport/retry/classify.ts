import type { VeracodeError } from '../../kernel/errors.js';
import type { Operation } from '../http.js';

/** A gateway's hiccup passes; an internal error that came twice more is the platform's answer. */
export const REPEATS_OF_500 = 2;

/** Failures of one call so far. */
export interface AttemptTally {
  /** How often the platform answered 500. */
  readonly internalErrors: number;
}

/**
 * May this failed attempt be repeated? Asks two questions: could the platform have acted, and would acting twice do
 * harm?
 *
 * | outcome    | idempotent operation             | other operation |
 * |------------|----------------------------------|-----------------|
 * | `not-sent` | yes                              | yes             |
 * | `refused`  | yes                              | yes             |
 * | `unknown`  | yes, a 500 at most twice         | no              |
 * | `final`    | no                               | no              |
 */
export function mayRepeat(error: VeracodeError, operation: Operation, tally: AttemptTally): boolean {
  switch (error.outcome) {
    case 'not-sent':
    case 'refused':
      return true;
    case 'unknown':
      return operation.idempotent && (!isInternalError(error) || tally.internalErrors <= REPEATS_OF_500);
    case 'final':
      return false;
  }
}

/** True for a plain 500. */
export function isInternalError(error: VeracodeError): boolean {
  return error.context.status === 500;
}
