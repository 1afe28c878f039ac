import type { Complaint } from './rule.js';
import { placeOf, type SurveyedEntry } from './survey/survey.js';

type Placed = Pick<SurveyedEntry, 'name' | 'within'>;

const NAMED = 3;

/**
 * One complaint about all the entries together, or none: the place is the first one's, and the sentence counts them and
 * names some. Pure.
 *
 * @param what - they are, in the plural and without a full stop
 */
export function aboutEntries(entries: readonly Placed[], what: string): readonly Complaint[] {
  const [first] = entries;
  if (first === undefined) return [];
  return [{ place: placeOf(first), sentence: `${what} (${entries.length}): ${someOf(entries.map(placeOf))}.` }];
}

/** One complaint about the artifact as a whole. Pure. */
export function aboutArtifact(sentence: string): readonly Complaint[] {
  return [{ place: null, sentence }];
}

/** The first few, and how many more. Pure. */
export function someOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).map(shortened).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The topmost folders that answer a question, each once, with the number of files below. Pure. */
export function foldersWith(entries: readonly SurveyedEntry[], isWanted: (folder: string) => boolean): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const entry of entries) {
    const parts = entry.name.split('/');
    const end = parts.findIndex((part, index) => (index < parts.length - 1 || entry.kind === 'folder') && isWanted(part.toLowerCase()));
    if (end < 0) continue;
    const place = placeOf({ name: parts.slice(0, end + 1).join('/'), within: entry.within });
    found.set(place, (found.get(place) ?? 0) + (entry.kind === 'folder' ? 0 : 1));
  }
  return found;
}

/** One complaint about folders and what is in them, or none. Pure. */
export function aboutFolders(folders: ReadonlyMap<string, number>, what: string): readonly Complaint[] {
  const [first] = folders.keys();
  if (first === undefined) return [];
  const files = [...folders.values()].reduce((sum, count) => sum + count, 0);
  return [{ place: first, sentence: `${what}: ${someOf([...folders.keys()])} (${files === 1 ? '1 file' : `${files} files`}).` }];
}

const SHOWN_CHARACTERS = 120;

/** Names come from archives: without control characters, and not endless. Pure. */
export function shortened(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return clean.length <= SHOWN_CHARACTERS ? clean : `${clean.slice(0, SHOWN_CHARACTERS)}…`;
}

/** `1.5 GB`. Pure. */
export function showBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(amount < 10 ? 1 : 0)} ${units[power] ?? ''}`;
}
