import { errorCode } from '../kernel/error-code.js';
import { LocalError } from '../kernel/errors.js';

/** What was being done to which file. */
export interface FileWork {
  readonly path: string;
  readonly doing: 'read' | 'written';
  /** Code of the error unless the disk is full. */
  readonly code: string;
}

const FULL_DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Turns an error of the file system into a `LocalError`. */
export function localErrorOf(error: unknown, { path, doing, code }: FileWork): LocalError {
  const reason = errorCode(error);
  if (FULL_DISK.has(reason)) {
    return new LocalError(`${path} could not be written: there is no room left (${reason}).`, {
      code: 'disk-full',
      cause: error,
      advice: 'Free some space, or choose another output folder.',
    });
  }
  return new LocalError(`${path} could not be ${doing} (${reason}).`, {
    code,
    cause: error,
    advice: 'Check that the path exists and that this user has the right.',
  });
}
