import { parseDateTime } from '../date-time.js';
import type { Shape } from './shape.js';

/**
 * How an answer differs from its shape.
 *
 * - `missing`: a field that is relied on is not there, or null. `other-kind`: it is something else.
 * - `unknown-field`: one that nobody here has heard of. `unknown-word`: one beyond the words that are known.
 *
 * @public
 */
export type DifferenceKind = 'missing' | 'other-kind' | 'unknown-field' | 'unknown-word';

/** One way in which answers differ, however often. Holds no value of the answer but a word of a closed set. @public */
export interface ShapeDifference {
  /** Names of fields from the root: `_embedded.applications[].profile.name`. */
  readonly path: string;
  readonly kind: DifferenceKind;
  /** As the shape has it. */
  readonly expected: string;
  /** Kind of the value that was there, or the unknown word. */
  readonly got: string;
  /** How often it was so. */
  readonly times: number;
}

/** Longer texts, and those with other characters, are no words of a vocabulary but what somebody wrote. */
const WORD = /^[A-Za-z][A-Za-z _.-]{0,39}$/u;
const FIELD_NAME = /^[A-Za-z_][\w-]{0,63}$/u;

/** Compares an answer with its shape. Pure. */
export function compareShape(value: unknown, shape: Shape): readonly ShapeDifference[] {
  const found = new Map<string, ShapeDifference>();
  compare(value, shape, '', (difference) => {
    const key = JSON.stringify(difference);
    found.set(key, { ...difference, times: (found.get(key)?.times ?? 0) + 1 });
  });
  return [...found.values()];
}

type Report = (difference: Omit<ShapeDifference, 'times'>) => void;

function compare(value: unknown, shape: Shape, path: string, report: Report): void {
  if (typeof shape === 'string') {
    compareLeaf(value, shape, path, report);
  } else if (isList(shape)) {
    if (Array.isArray(value)) for (const item of value) compare(item, shape[0], `${path}[]`, report);
    else report({ path, kind: 'other-kind', expected: 'list', got: kindOf(value) });
  } else {
    compareObject(value, shape, path, report);
  }
}

function compareObject(value: unknown, shape: Readonly<Record<string, Shape>>, path: string, report: Report): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report({ path, kind: 'other-kind', expected: 'object', got: kindOf(value) });
    return;
  }
  const fields = new Map(Object.entries(value) as [string, unknown][]);
  for (const [name, of] of Object.entries(shape)) {
    const isOptional = name.endsWith('?');
    const field = isOptional ? name.slice(0, -1) : name;
    const at = path === '' ? field : `${path}.${field}`;
    const got = fields.get(field);
    fields.delete(field);
    if (got === undefined || got === null || (isOptional && got === '')) {
      if (!isOptional) report({ path: at, kind: 'missing', expected: describe(of), got: got === null ? 'null' : 'nothing' });
    } else {
      compare(got, of, at, report);
    }
  }
  for (const [name, got] of fields) {
    // Names can be data as well, where somebody uses an object as a table.
    const shown = FIELD_NAME.test(name) ? name : '(another name)';
    report({ path: path === '' ? shown : `${path}.${shown}`, kind: 'unknown-field', expected: 'nothing', got: kindOf(got) });
  }
}

function compareLeaf(value: unknown, shape: string, path: string, report: Report): void {
  if (shape === 'any') return;
  const isText = typeof value === 'string';
  if (shape.startsWith('=')) {
    if (!isText) report({ path, kind: 'other-kind', expected: 'text', got: kindOf(value) });
    else if (!shape.slice(1).split('|').includes(value)) report({ path, kind: 'unknown-word', expected: describe(shape), got: WORD.test(value) ? value : '(no word)' });
    return;
  }
  if (!fits(value, shape)) report({ path, kind: 'other-kind', expected: shape, got: kindOf(value) });
}

function fits(value: unknown, shape: string): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && parseDateTime(value) !== null;
    case 'id':
      return typeof value === 'string' && /^-?\d{1,30}$/u.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    default:
      throw new Error(`There is no shape "${shape}".`);
  }
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function describe(shape: Shape): string {
  if (typeof shape !== 'string') return isList(shape) ? 'list' : 'object';
  return shape.startsWith('=') ? `one of ${shape.slice(1).split('|').join(', ')}` : shape;
}

const KINDS: Readonly<Record<string, string>> = { string: 'text', number: 'number', boolean: 'flag', undefined: 'nothing' };

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value === '') return 'empty text';
  return KINDS[typeof value] ?? 'object';
}
