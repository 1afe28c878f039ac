import { isPipelineOrScript } from '../pipelines/pipeline-system.js';
import { type Called, calledBy, isCalledHashAfter, namesVendor } from './called.js';
import type { Leak, LeakKind } from './leak.js';

/** The comment that says that a line is meant. */
export const ALLOWING_COMMENT = 'verapipe:allow-credentials';

/** Lines within which an id and a key belong together. */
const NEAR = 5;
/** Characters before a value, and after it, in which it can be named. */
const NAMING = 200;

/**
 * Digits of one value with its prefix. A file cannot make the search slow: there is one way only to match.
 *
 * @see docs.veracode.com "API credentials": an id has 32 hexadecimal digits or more, a key 128 or more
 */
const VALUE = /(?<![0-9a-z+/_-])(?:vera01[efg]([is])-)?([0-9a-f]{32,1024})(?![0-9a-z+/_-])/giu;
const SHORTEST_KEY = 128;

/** A line of `~/.veracode/credentials`, or of `veracode.yml`; in capitals it would be a variable. */
const PROFILE_LINE = /(?:^|[\s"'`])(?:veracode_api_key_(?:id|secret)|key-(?:id|secret))["'`]?\s*[:=]\s*["'`]?(?:vera01[efg][is]-)?[0-9a-fA-F]{20,}/u;
const PROFILE_NAME = /veracode_api_key_(?:id|secret)/u;
/** An option of one of the vendor's tools, and what follows it. */
const OPTION = /(?:^|[\s"'`([,])--?(?:g?v(?:id|key)|veracode_api_(?:id|key))(?:[\s"'`,]+|=["'`]?)([^\s"'`,)\]]+)/giu;
const LITERAL = /^(?:vera01[efg][is]-)?[0-9a-f]{16,}$/iu;
const REFERENCE = /^(?:\$|%|\{\{|@)/u;

/**
 * Finds Veracode credentials in a text: what looks like a key or an id, where something near it says that it is one;
 * lines of credentials files; values of options.
 *
 * A hash can look like a key, and an id like any checksum: without a name or its other half nearby they do not count.
 *
 * @param path - `/` between folders: arguments of commands are looked for in pipelines and scripts only
 */
export function findLeaks(text: string, path: string): readonly Leak[] {
  const lines = text.split(/\r\n|\n|\r/u);
  const values = lines.flatMap((line, index) => valuesOf(lines, line, index));
  const runsCommands = isPipelineOrScript(path);
  const isOwnFile = /(?:^|\/)\.veracode\/|(?:^|\/)veracode\.ya?ml$/iu.test(path);
  const vendor = linesNear(lines.flatMap((line, index) => (namesVendor(line) ? [index] : [])));
  const isNamed = ({ index }: FoundValue): boolean => isOwnFile || vendor.has(index);
  const halves = linesNear(values.filter((value) => !value.isLong && (value.part === 'i' || value.called.id)).map(({ index }) => index));
  const keys = values.filter((value) => value.isLong && isKey(value, { isNamed: isNamed(value), isBesideId: halves.has(value.index) }));
  const besideKeys = linesNear(keys.map(({ index }) => index));
  const ids = values.filter((value) => !value.isLong && (value.part !== null || (value.called.id && (isNamed(value) || besideKeys.has(value.index)))));

  const kinds = new Map<number, LeakKind>();
  for (const { index } of ids) kinds.set(index, 'api-id');
  for (const { index } of keys) kinds.set(index, 'api-key');
  for (const [index, line] of lines.entries()) {
    if (PROFILE_LINE.test(line) && (isOwnFile || PROFILE_NAME.test(line))) kinds.set(index, 'profile');
    const argument = argumentIn(line, runsCommands);
    if (argument !== null) kinds.set(index, argument);
  }
  return [...kinds]
    .sort(([one], [other]) => one - other)
    .map(([index, kind]) => ({ line: index + 1, kind, allowed: lines[index]?.includes(ALLOWING_COMMENT) === true }));
}

interface FoundValue {
  readonly index: number;
  readonly called: Called;
  /** What stands after the digits. */
  readonly after: string;
  readonly part: 'i' | 's' | null;
  /** As long as a key. */
  readonly isLong: boolean;
}

function valuesOf(lines: readonly string[], line: string, index: number): readonly FoundValue[] {
  return [...line.matchAll(VALUE)].map((match) => {
    const [whole, part = '', digits = ''] = match;
    const letter = part.toLowerCase();
    const before = line.slice(Math.max(0, match.index - NAMING), match.index);
    const after = line.slice(match.index + whole.length, match.index + whole.length + NAMING);
    return {
      index,
      called: calledBy(isAlone(before, after) ? `${nameAbove(lines, index)}${before.trim()}` : before),
      after,
      part: letter === 'i' || letter === 's' ? letter : null,
      isLong: digits.length >= SHORTEST_KEY,
    };
  });
}

/** A value that is all of its line belongs to the name on the line above. */
function isAlone(before: string, after: string): boolean {
  return /^\s*["'`]?$/u.test(before) && /^["'`]?[,;]?\s*$/u.test(after);
}

/** The line above, without the sign that its value follows below. */
function nameAbove(lines: readonly string[], index: number): string {
  const above = lines[index - 1]?.trim() === '' ? lines[index - 2] : lines[index - 1];
  return `${(above ?? '').slice(-NAMING).replace(/\s*(?:[>|][-+\d]{0,2}|\\)\s*$/u, '').trimEnd()} `;
}

/** The lines around these within which two things belong together. */
function linesNear(indexes: readonly number[]): ReadonlySet<number> {
  return new Set(indexes.flatMap((index) => Array.from({ length: 2 * NEAR + 1 }, (_, offset) => index - NEAR + offset)));
}

function isKey({ part, called, after }: FoundValue, { isNamed, isBesideId }: { readonly isNamed: boolean; readonly isBesideId: boolean }): boolean {
  if (part !== null) return true;
  if (called.ours || (isNamed && called.key)) return true;
  // The other half right beside it, each alone in its place, as in a table of credentials.
  return isBesideId && !called.hash && !isCalledHashAfter(after);
}

/** A written value counts in every file; the reference to a secret only where a shell or a CI reads it. */
function argumentIn(line: string, runsCommands: boolean): LeakKind | null {
  let found: LeakKind | null = null;
  for (const [whole, value = ''] of line.matchAll(OPTION)) {
    if (LITERAL.test(value)) return 'argument';
    if (runsCommands && REFERENCE.test(value) && /key/iu.test(whole)) found = 'secret-as-argument';
  }
  return found;
}
