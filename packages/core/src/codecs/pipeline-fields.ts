import { ProtocolError } from '../kernel/errors.js';
import type { JsonObject } from './rest.js';

/** Objects inside each other. The vendor's results go down to eight. */
const MAX_DEPTH = 64;

/** Reads fields of one JSON object; null and absent are the same, a value of another type is an error. */
export interface Fields {
  text(name: string): string | null;
  /** A whole number from 0. */
  count(name: string): number | null;
  object(name: string): Fields | null;
  objects(name: string): readonly JsonObject[] | null;
  texts(name: string): readonly string[] | null;
  /** The error for a field that is not what it must be. */
  wrong(name: string, wanted: string): ProtocolError;
}

/**
 * @param place - for messages: which document, and where in it
 * @throws ProtocolError `unexpected-shape` from every reader
 */
export function fieldsOf(object: JsonObject, place: string): Fields {
  const wrong = (name: string, wanted: string): ProtocolError =>
    new ProtocolError(`${place} has not the expected shape: ${name} is not ${wanted}.`, { code: 'unexpected-shape' });
  const read = <T>(name: string, is: (value: unknown) => value is T, wanted: string): T | null => {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (value === undefined || value === null) return null;
    if (!is(value)) throw wrong(name, wanted);
    return value;
  };
  return {
    text: (name) => read(name, isText, 'a text'),
    count: (name) => read(name, isCount, 'a whole number'),
    object(name) {
      const inner = read(name, isObject, 'an object');
      return inner === null ? null : fieldsOf(inner, `${place}, ${name}`);
    },
    objects: (name) => read(name, (value) => Array.isArray(value) && value.every(isObject), 'a list of objects'),
    texts: (name) => read(name, (value) => Array.isArray(value) && value.every(isText), 'a list of texts'),
    wrong,
  };
}

/** True when no part of a value lies deeper than anything that is written again later can bear. */
export function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : []));
  }
  return true;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
