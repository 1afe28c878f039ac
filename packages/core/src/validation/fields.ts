import type { ValidationIssue } from '../kernel/errors.js';
import { nearestNames } from '../kernel/nearest-names.js';

/** Longest part of a wrong value that a message shows. */
const SHOWN_CHARACTERS = 60;

/** A mapping with text keys, as files and messages hold them. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for a mapping; lists and null are none. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One fault for each key that nobody knows, with the nearest known one. */
export function unknownKeys(path: string, fields: Fields, known: readonly string[]): readonly ValidationIssue[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const [near] = nearestNames(key, known, 1);
      return { path, got: `the unknown key ${showValue(key)}`, wanted: near === undefined ? `one of ${known.join(', ')}` : `perhaps "${near}"` };
    });
}

/** A value for messages, shortened. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
