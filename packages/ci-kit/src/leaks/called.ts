/** Names after which a value is one of ours, whatever stands around it. */
const OWN_NAME = /veracode|(?<![a-z])g?v(?:id|key)(?![a-z])/giu;
/** Names that others use as well; they count where the vendor is named nearby. */
const KEY_NAME = /api[-_ ]?(?:key|secret)|key[-_]?(?:secret|id)|api[-_ ]?id|secret|passw/giu;
/** Names right before a value. */
const ID_NAME = /(?:id|user(?:name)?|usr)["'`]?\s*(?:[:=]|=>|,)\s*["'`]?$|(?<![a-z])-{0,2}g?vid["'`]?[\s:=,]+["'`]?$|api_id\s+["'`]?$/iu;
/** What else has so many digits. */
const HASH_NAME = /sha-?\d|md5|blake|checksum|digest|integrity|\bhash|etag|fingerprint|commit|revision/giu;

/** A file is no name: checksums stand beside those of the vendor's tools. */
const FILE_NAME = /[\w-]+(?:\.[\w-]+)*\.(?:zip|jar|war|ear|t?gz|tar|xz|exe|msi|dmg|pkg|whl|nupkg|vsix|deb|rpm)\b/giu;
/** Between two names of one text these say that the second begins something of its own. */
const SEPARATOR = /[,;&|{}[\]=:?\n]/u;

/** What a value is called. */
export interface Called {
  /** After a name that is ours alone. */
  readonly ours: boolean;
  /** After the name of a key, such as others have as well. */
  readonly key: boolean;
  /** Right after the name of an id. */
  readonly id: boolean;
  /** After the name of a hash, which outdoes the others: whichever stands last decides. */
  readonly hash: boolean;
}

/** Reads the names before a value. Pure. @param before - the text up to the value, its quote included */
export function calledBy(before: string): Called {
  const hash = lastOf(before, HASH_NAME);
  const names = before.replace(FILE_NAME, (name) => ' '.repeat(name.length));
  const counts = (start: number): boolean => start >= 0 && (hash === null || (start >= hash.end && SEPARATOR.test(before.slice(hash.end, start))));
  const ours = counts(lastOf(names, OWN_NAME)?.start ?? -1);
  const key = counts(lastOf(names, KEY_NAME)?.start ?? -1);
  const id = counts(startOfWord(before, before.search(ID_NAME)));
  return { ours, key, id, hash: hash !== null && !ours && !key && !id };
}

/** True for a line that names the vendor, so that names of others' count near it. */
export function namesVendor(line: string): boolean {
  return line.search(OWN_NAME) >= 0;
}

/** True where what follows a value, up to the next one of its kind, calls it a hash. */
export function isCalledHashAfter(after: string): boolean {
  const end = after.search(SEPARATOR);
  return (end < 0 ? after : after.slice(0, end)).search(HASH_NAME) >= 0;
}

function lastOf(text: string, pattern: RegExp): { readonly start: number; readonly end: number } | null {
  const match = [...text.matchAll(pattern)].at(-1);
  return match === undefined ? null : { start: match.index, end: match.index + match[0].length };
}

/** `commit_id` is no id. */
function startOfWord(text: string, from: number): number {
  let start = from;
  while (start > 0 && /[\w.$-]/u.test(text[start - 1] ?? '')) start -= 1;
  return start;
}
