import { ProtocolError } from '../kernel/errors.js';
import { parseDateTime } from './date-time.js';

/** A JSON object of unknown shape. @public */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a REST answer that must be one JSON object.
 *
 * @param operation - for messages
 * @throws ProtocolError `not-json`, `unexpected-shape`
 */
export function parseJsonObject(text: string, operation: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may be a whole login page.
    throw new ProtocolError(`${operation} was answered with something else than JSON.`, { code: 'not-json' });
  }
  if (!isJsonObject(value)) throw unexpectedShape(operation, 'a JSON object');
  return value;
}

/** A text field that must be there. @throws ProtocolError `unexpected-shape` */
export function requireText(object: JsonObject, field: string, operation: string): string {
  const value = object[field];
  if (typeof value !== 'string' || value === '') throw unexpectedShape(operation, `the text field ${field}`);
  return value;
}

/** A text field; null when it is missing, empty or something else. */
export function optionalText(object: JsonObject, field: string): string | null {
  const value = object[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number that identifies something, as text like everywhere else. @throws ProtocolError `unexpected-shape` */
export function readId(object: JsonObject, field: string, operation: string): string {
  const value = object[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw unexpectedShape(operation, `the number ${field}`);
  return String(value);
}

/** A count: a whole number from 0. @throws ProtocolError `unexpected-shape` */
export function readCount(object: JsonObject, field: string, operation: string): number {
  const value = object[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw unexpectedShape(operation, `the count ${field}`);
  return value;
}

/** An object field; null when it is missing or null. @throws ProtocolError `unexpected-shape` */
export function optionalObject(object: JsonObject, field: string, operation: string): JsonObject | null {
  const value = object[field];
  return value === undefined || value === null ? null : requireObject(object, field, operation);
}

/** @throws ProtocolError `unexpected-shape` */
export function requireObject(object: JsonObject, field: string, operation: string): JsonObject {
  const value = object[field];
  if (!isJsonObject(value)) throw unexpectedShape(operation, `the object ${field}`);
  return value;
}

/** A list of objects. @throws ProtocolError `unexpected-shape` */
export function requireObjects(object: JsonObject, field: string, operation: string): readonly JsonObject[] {
  const value = object[field];
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw unexpectedShape(operation, `the list ${field}`);
  return value;
}

/** A list of objects; empty when it is missing or null. @throws ProtocolError `unexpected-shape` */
export function optionalObjects(object: JsonObject, field: string, operation: string): readonly JsonObject[] {
  const value = object[field];
  return value === undefined || value === null ? [] : requireObjects(object, field, operation);
}

/** A truth value; null when it is missing or something else. */
export function optionalFlag(object: JsonObject, field: string): boolean | null {
  const value = object[field];
  return typeof value === 'boolean' ? value : null;
}

/** A number; null when it is missing or something else. */
export function optionalNumber(object: JsonObject, field: string): number | null {
  const value = object[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The texts of a list of texts; null when it is no list. */
export function optionalTexts(object: JsonObject, field: string): readonly string[] | null {
  const value = object[field];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : null;
}

/**
 * A date field. The platform spells dates in four ways; `null`, an empty text and an absent field mean "no date".
 *
 * @returns ISO 8601 UTC, or null
 * @throws ProtocolError `unexpected-shape` when there is a value that is no date
 */
export function readDate(object: JsonObject, field: string, operation: string): string | null {
  const value = object[field];
  if (value === undefined || value === null || value === '') return null;
  const date = typeof value === 'string' ? parseDateTime(value) : null;
  if (date === null) throw unexpectedShape(operation, `a date in ${field}`);
  return date;
}

/**
 * What an error answer of any REST service says, in its own words: the services of the platform use seven shapes.
 *
 * @returns null when it says nothing
 */
export function restErrorText(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJsonObject(value)) return null;
  const embedded = isJsonObject(value['_embedded']) ? value['_embedded'] : {};
  const entries = [embedded['api_errors'], embedded['errors'], value['errors'], [value]].find(
    (list) => Array.isArray(list) && list.length > 0,
  );
  const sentences = (entries as readonly unknown[]).map(describeEntry).filter((sentence) => sentence !== '');
  return sentences.length === 0 ? null : sentences.join('; ');
}

function describeEntry(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (!isJsonObject(entry)) return '';
  const words = ['title', 'detail', 'message', 'error', 'error_description', 'code', 'http_status'];
  return words
    .map((field) => entry[field])
    .filter((word) => typeof word === 'string' && word !== '')
    .join(', ');
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param wanted - what is missing, as the end of a sentence */
export function unexpectedShape(operation: string, wanted: string): ProtocolError {
  return new ProtocolError(`The answer to ${operation} has not the expected shape: ${wanted} is missing.`, {
    code: 'unexpected-shape',
  });
}
