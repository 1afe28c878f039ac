import type { ArchiveEntry } from '../archive/archive-entry.js';
import { isApplicationArchive, isReadableArchive, isTarName } from '../archive/archive-names.js';
import { boundedStream, StreamTooLongError, unpacked } from '../archive/unpacked.js';
import { recogniseFormat } from '../archive/recognise-format.js';
import { walkTar } from '../archive/walk-tar.js';
import { walkZip, type ZipSource } from '../archive/walk-zip.js';
import { contentReaderOf, wantedBytes, type ContentFacts } from '../content/content-facts.js';
import { reasonOf } from '../reason-of.js';
import type { Budget } from './budget.js';
import type { Damage, SurveyedEntry, Unread } from './survey.js';

/** An archive as a whole. */
export type ArchiveSource = { readonly zip: ZipSource } | { readonly tar: AsyncIterable<Uint8Array> };

/** What is found on the way through an artifact. */
export interface Found {
  readonly entries: SurveyedEntry[];
  readonly damages: Damage[];
  readonly unread: Unread[];
}

/** One archive: where it stands, and how deep. */
interface Place {
  /** Empty for the artifact itself. */
  readonly within: string;
  readonly budget: Budget;
  readonly found: Found;
  readonly signal: AbortSignal | undefined;
}

/**
 * Goes through an archive once, and through the archives in it, one level down, in memory. Nothing is written anywhere,
 * and what cannot be read is recorded and not thrown.
 *
 * @throws the signal's reason
 */
export async function surveyArchive(source: ArchiveSource, place: Place): Promise<void> {
  let classes = 0;
  const visit = async (raw: ArchiveEntry): Promise<boolean> => {
    place.signal?.throwIfAborted();
    // `tar -C folder .` puts ./ in front of every name.
    const entry = raw.name.startsWith('./') ? { ...raw, name: raw.name.slice(2) } : raw;
    if (entry.name === '' || entry.name === '.') return true;
    if (!place.budget.takeEntry()) {
      place.found.unread.push({ what: place.within, why: 'too-many-entries' });
      return false;
    }
    const reader = entry.kind === 'file' && !entry.isEncrypted ? contentReaderOf(entry.name) : null;
    const isSampled = reader?.kind !== 'class' || (classes += 1) <= place.budget.bounds.classes;
    const content = reader !== null && isSampled ? await readContent(entry, place) : null;
    place.found.entries.push(surveyed(entry, place.within, content));
    if (entry.kind !== 'file') return true;
    if (place.within === '' && isReadableArchive(entry.name)) await surveyNested(entry, place);
    else if (place.within !== '' && isApplicationArchive(entry.name)) place.found.unread.push({ what: `${place.within}!/${entry.name}`, why: 'too-deep' });
    return true;
  };
  try {
    if ('zip' in source) await walkZip(source.zip, visit);
    else await walkTar(source.tar, visit);
  } catch (error) {
    place.signal?.throwIfAborted();
    if (error instanceof StreamTooLongError) place.found.unread.push({ what: place.within, why: 'stream-too-long' });
    else place.found.damages.push({ within: place.within, reason: reasonOf(error) });
  }
}

function surveyed(entry: ArchiveEntry, within: string, content: ContentFacts | null): SurveyedEntry {
  const { name, isNameText, kind, sizeBytes, packedBytes, isEncrypted, method } = entry;
  return { name, within, isNameText, kind, sizeBytes, packedBytes, isEncrypted, method, content };
}

/** Null when the content cannot be read or understood; a damaged file is one of many, and said once. */
async function readContent(entry: ArchiveEntry, { budget, found, within }: Place): Promise<ContentFacts | null> {
  const reader = contentReaderOf(entry.name);
  const bytes = reader === null ? 0 : wantedBytes(reader, entry.sizeBytes, budget.bounds);
  if (reader === null || bytes === 0 || !budget.takeContent(bytes)) return null;
  try {
    return reader.parse(await entry.read(bytes));
  } catch (error) {
    found.damages.push({ within, reason: `${entry.name}: ${reasonOf(error)}` });
    return null;
  }
}

async function surveyNested(entry: ArchiveEntry, place: Place): Promise<void> {
  const { budget, found } = place;
  if (entry.isEncrypted) return;
  if (entry.sizeBytes > budget.bounds.nestedBytes) {
    found.unread.push({ what: entry.name, why: 'archive-too-large' });
    return;
  }
  if (!budget.takeNested(entry.sizeBytes)) {
    found.unread.push({ what: entry.name, why: 'archives-too-large' });
    return;
  }
  const within = entry.name;
  try {
    const bytes = await entry.read(entry.sizeBytes);
    await surveyArchive(nestedSource(entry.name, bytes, budget), { ...place, within });
  } catch (error) {
    place.signal?.throwIfAborted();
    found.damages.push({ within, reason: reasonOf(error) });
  }
}

function nestedSource(name: string, bytes: Uint8Array, budget: Budget): ArchiveSource {
  if (!isTarName(name)) return { zip: { bytes } };
  const isPacked = recogniseFormat(bytes) === 'gzip';
  const whole = [bytes];
  return { tar: boundedStream(isPacked ? unpacked(whole) : whole, Math.min(budget.bounds.streamBytes, budget.bounds.allNestedBytes)) };
}
