import { isVeracodeError, ValidationError } from '@verapipe/core';

const WANTED = 'verapipe-results.json, results.json of a pipeline scan, an XML detailed report or a page of the Findings API';
const MOST_SHOWN = 60;

/** What a codec throws; a refusal of the platform that was saved as a report is one of them. */
const ERRORS_OF_CONTENT: ReadonlySet<string> = new Set(['ProtocolError', 'RefusedError', 'AuthorizationError']);

/**
 * The error for a file that holds no findings as they should be.
 *
 * @param got - what was found, to follow the name of the file
 */
export function unusableFile(path: string, got: string, wanted: string = WANTED): ValidationError {
  return new ValidationError([{ path, got, wanted }], { code: 'invalid-findings-file' });
}

/** What a codec has against a file is a fault of the input: nobody was asked. Other errors stay as they are. */
export function asUnusableFile(path: string, error: unknown, wanted?: string): unknown {
  return isVeracodeError(error) && ERRORS_OF_CONTENT.has(error.name) ? unusableFile(path, `a file that cannot be read as such: ${error.message}`, wanted) : error;
}

/** A value of a file in a message: short, in one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length > MOST_SHOWN ? `${(text ?? '').slice(0, MOST_SHOWN)}…` : text;
}
