import { isPipelineOrScript } from '../pipelines/pipeline-system.js';
import type { Leak, LeakKind } from './leak.js';

/** The comment that says that a line is meant. */
export const ALLOWING_COMMENT = 'verapipe:allow-credentials';

/** Lines within which an id and a key belong together. */
const NEAR = 5;

/**
 * Digits of one value with its prefix. A file cannot make the search slow: there is one way only to match.
 *
 * @see docs.veracode.com "API credentials": an id has 32 hexadecimal digits or more, a key 128 or more
 */
const VALUE = /(?<![0-9a-z+/_-])(?:vera01[efg]([is])-)?([0-9a-f]{32,1024})(?![0-9a-z+/_-])/giu;
const SHORTEST_KEY = 128;

/** Names after which a value is one of ours, whatever stands around it. */
const OWN_NAME = /veracode|(?<![a-z])g?v(?:id|key)(?![a-z])/iu;
/** Names that others use as well; they count where the vendor is named nearby. */
const KEY_NAME = /api[-_ ]?(?:key|secret)|key[-_]?(?:secret|id)|api[-_ ]?id|secret|passw/iu;
/** Names right before a value. */
const ID_NAME = /(?:id|user(?:name)?|usr)["'`]?\s*(?:[:=]|=>|,)\s*["'`]?(?:vera01[efg]i-)?$|(?<![a-z])-{0,2}g?vid["'`]?[\s:=,]+["'`]?(?:vera01[efg]i-)?$|api_id\s+["'`]?(?:vera01[efg]i-)?$/iu;
/** What else has so many digits. */
const HASH_NAME = /sha-?\d|md5|blake|checksum|digest|integrity|\bhash|etag|fingerprint|commit|revision/iu;

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
  const values = lines.flatMap((line, index) => valuesOf(line, index));
  const runsCommands = isPipelineOrScript(path);
  const isOwnFile = /(?:^|\/)\.veracode\/|(?:^|\/)veracode\.ya?ml$/iu.test(path);
  const near = (value: FoundValue): boolean => lines.slice(Math.max(0, value.index - NEAR), value.index + NEAR + 1).some((line) => OWN_NAME.test(line));
  const keys = values.filter((value) => value.isLong && isKey(value, { values, isNamed: isOwnFile || near(value) }));
  const ids = values.filter((value) => !value.isLong && isId(value, { keys, isNamed: isOwnFile || near(value) }));

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
  readonly line: string;
  /** What stands before the digits in the line. */
  readonly before: string;
  readonly part: 'i' | 's' | null;
  /** As long as a key. */
  readonly isLong: boolean;
}

function valuesOf(line: string, index: number): readonly FoundValue[] {
  return [...line.matchAll(VALUE)].map((match) => {
    const [, part = '', digits = ''] = match;
    const letter = part.toLowerCase();
    return {
      index,
      line,
      before: line.slice(Math.max(0, match.index - 200), match.index),
      part: letter === 'i' || letter === 's' ? letter : null,
      isLong: digits.length >= SHORTEST_KEY,
    };
  });
}

function isKey(value: FoundValue, { values, isNamed }: { readonly values: readonly FoundValue[]; readonly isNamed: boolean }): boolean {
  if (value.part !== null) return true;
  if (HASH_NAME.test(value.before)) return false;
  if (OWN_NAME.test(value.before) || (isNamed && KEY_NAME.test(value.before))) return true;
  // The other half right beside it, each alone in its place, as in a table of credentials.
  return values.some((other) => !other.isLong && Math.abs(other.index - value.index) <= NEAR && !HASH_NAME.test(other.line) && isNamedHalf(other)) && !HASH_NAME.test(value.line);
}

/** An id that is called one, or has a prefix. */
function isNamedHalf({ part, before }: FoundValue): boolean {
  return part === 'i' || ID_NAME.test(before);
}

function isId(value: FoundValue, { keys, isNamed }: { readonly keys: readonly FoundValue[]; readonly isNamed: boolean }): boolean {
  if (value.part !== null) return true;
  if (HASH_NAME.test(value.before)) return false;
  const called = ID_NAME.test(value.before);
  return called && (isNamed || keys.some(({ index }) => Math.abs(index - value.index) <= NEAR));
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
