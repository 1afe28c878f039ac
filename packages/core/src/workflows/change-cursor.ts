import { ConflictError, ValidationError } from '../kernel/errors.js';

/** Where a search for changes ended, and the next one begins. Plain JSON; holds no secret. @public */
export interface ChangeCursor {
  readonly schemaVersion: 1;
  /** GUIDs mean nothing on another platform. */
  readonly platformUrl: string;
  /** ISO 8601 UTC, by the platform's clock. */
  readonly since: string;
  /** What was handed out and is so new that the next search comes upon it again: time of evaluation by GUID. */
  readonly handedOut: Readonly<Record<string, string>>;
}

/**
 * Reads a saved cursor.
 *
 * @param json - what `JSON.parse` made of the file
 * @throws ValidationError when it is not one, or of a newer version
 * @public
 */
export function parseChangeCursor(json: unknown): ChangeCursor {
  if (isCursor(json)) return json;
  const version = isRecord(json) ? json['schemaVersion'] : undefined;
  const got = typeof version === 'number' && version > 1 ? `a cursor of version ${version}` : 'something else';
  throw new ValidationError([{ path: 'cursor', got, wanted: 'a cursor that this version of verapipe wrote' }], { code: 'invalid-cursor' });
}

/** @throws ConflictError when the cursor is of another platform */
export function expectCursorOf(platformUrl: string, cursor: ChangeCursor): void {
  if (cursor.platformUrl === platformUrl) return;
  throw new ConflictError(`The saved cursor is of ${cursor.platformUrl}, and this search is at ${platformUrl}.`, {
    code: 'other-platform',
    advice: 'Use the credentials and the platform URL of the search that wrote the cursor, or begin again from a time.',
  });
}

/** @returns milliseconds since the Unix epoch; @throws ValidationError when the text is no time in ISO 8601 */
export function parseSince(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new ValidationError([{ path: 'since', got: JSON.stringify(text.slice(0, 40)), wanted: 'a time like 2026-01-31T14:00:00Z, or a day like 2026-01-31' }], {
    code: 'invalid-since',
  });
}

function isCursor(value: unknown): value is ChangeCursor {
  return (
    isRecord(value) &&
    value['schemaVersion'] === 1 &&
    typeof value['platformUrl'] === 'string' &&
    isTime(value['since']) &&
    isRecord(value['handedOut']) &&
    Object.values(value['handedOut']).every(isTime)
  );
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
