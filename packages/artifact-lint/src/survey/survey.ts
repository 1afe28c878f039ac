import type { FileFormat } from '../archive/recognise-format.js';
import type { ContentFacts } from '../content/content-facts.js';

/** What one artifact holds: everything that the rules judge. */
export interface Survey {
  /** As it is called on the platform. */
  readonly artifact: string;
  /** As it was given. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly format: FileFormat;
  /** False for a single file: it is then its own only entry. */
  readonly isArchive: boolean;
  readonly entries: readonly SurveyedEntry[];
  /** What kept archives from being read to the end, the artifact's own first. */
  readonly damages: readonly Damage[];
  /** What was left unread because of a bound. */
  readonly unread: readonly Unread[];
}

/** One entry, of the artifact or of an archive in it. */
export interface SurveyedEntry {
  readonly name: string;
  /** The archive in the artifact that holds the entry; empty for the artifact itself. */
  readonly within: string;
  readonly isNameText: boolean;
  readonly kind: 'file' | 'folder' | 'link';
  readonly sizeBytes: number;
  readonly packedBytes: number | null;
  readonly isEncrypted: boolean;
  readonly method: number | null;
  /** Null where nothing was read, or nothing was understood. */
  readonly content: ContentFacts | null;
}

/** An archive that cannot be read. */
export interface Damage {
  /** Empty for the artifact itself. */
  readonly within: string;
  readonly reason: string;
}

/** Something that was not looked into. */
export interface Unread {
  readonly what: string;
  readonly why: 'too-deep' | 'archive-too-large' | 'archives-too-large' | 'too-many-entries' | 'stream-too-long';
}

/** An entry as people read it: `shop.war!/WEB-INF/lib/a.jar` without the artifact. Pure. */
export function placeOf({ name, within }: Pick<SurveyedEntry, 'name' | 'within'>): string {
  return within === '' ? name : `${within}!/${name}`;
}
