import { LocalError } from '@verapipe/core';

const FULL_DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The code of an error of the file system; asks for the property, because errors come from other realms as well. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

/**
 * Does something with an output file, and turns what the file system says into a `LocalError`.
 *
 * @param path - for the message
 * @throws LocalError `disk-full`, `not-writable`
 */
export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (FULL_DISK.has(code)) {
      throw new LocalError(`${path} could not be written: there is no room left (${code}).`, {
        code: 'disk-full',
        cause: error,
        advice: 'Free some space, or choose another folder with --output-dir.',
      });
    }
    throw new LocalError(`${path} could not be written (${code}).`, {
      code: 'not-writable',
      cause: error,
      advice: 'Check that the folder exists and that this user may write there, or choose another one with --output-dir.',
    });
  }
}
