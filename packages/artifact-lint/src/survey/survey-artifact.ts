import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';

import type { LintBounds } from '../archive/bounds.js';
import { extensionOf } from '../archive/entry-name.js';
import { isReadableArchive, isTarName } from '../archive/archive-names.js';
import { FileReader } from '../archive/file-reader.js';
import { FORMAT_BYTES, recogniseFormat, type FileFormat } from '../archive/recognise-format.js';
import { boundedStream, unpacked } from '../archive/unpacked.js';
import { contentReaderOf, wantedBytes } from '../content/content-facts.js';
import { reasonOf } from '../reason-of.js';
import { createBudget } from './budget.js';
import { surveyArchive, type ArchiveSource, type Found } from './survey-archive.js';
import type { Survey, SurveyedEntry } from './survey.js';

/** One artifact to look into. */
export interface SurveyRequest {
  readonly path: string;
  readonly name: string;
  readonly bounds: LintBounds;
  readonly signal: AbortSignal | undefined;
}

/**
 * Looks into one artifact; the file is only read. A file that cannot be opened is a damage as well.
 *
 * @throws the signal's reason
 */
export async function surveyArtifact(request: SurveyRequest): Promise<Survey> {
  const found: Found = { entries: [], damages: [], unread: [] };
  let file: FileHandle | null = null;
  try {
    file = await open(request.path, 'r');
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FORMAT_BYTES), 0, FORMAT_BYTES, 0);
    const format = recogniseFormat(buffer.subarray(0, bytesRead));
    const source = sourceOf(request, { file, size, format });
    if (source === null) found.entries.push(await surveySingle(request, { file, size }));
    else await surveyArchive(source, { within: '', budget: createBudget(request.bounds), found, signal: request.signal });
    return { artifact: request.name, path: request.path, sizeBytes: size, format, isArchive: source !== null, ...found };
  } catch (error) {
    request.signal?.throwIfAborted();
    return { artifact: request.name, path: request.path, sizeBytes: 0, format: 'unknown', isArchive: false, ...found, damages: [{ within: '', reason: reasonOf(error) }] };
  } finally {
    await file?.close();
  }
}

interface OpenFile {
  readonly file: FileHandle;
  readonly size: number;
}

/** Null for a file that is no archive. What calls itself one is read as one, so that what is wrong with it is found. */
function sourceOf({ path, bounds }: SurveyRequest, { file, size, format }: OpenFile & { readonly format: FileFormat }): ArchiveSource | null {
  const name = basename(path);
  const isNamedArchive = isReadableArchive(name) && (format === 'text' || format === 'unknown');
  if (format === 'gzip' && (isTarName(name) || extensionOf(name) !== 'gz')) return { tar: boundedStream(unpacked(createReadStream(path)), streamLimit(size, bounds)) };
  if (format === 'tar' || (isNamedArchive && isTarName(name))) return { tar: createReadStream(path) };
  return format === 'zip' || isNamedArchive ? { zip: { reader: new FileReader(file, size), sizeBytes: size } } : null;
}

/** What a text of one letter comes to is 1000 times its packed size; software comes to ten times at most. */
const MAX_RATIO = 200;
const ALWAYS_READ_BYTES = 256 * 1024 * 1024;

function streamLimit(sizeBytes: number, { streamBytes }: LintBounds): number {
  return Math.min(streamBytes, Math.max(ALWAYS_READ_BYTES, sizeBytes * MAX_RATIO));
}

/** A file that is no archive is its own only entry. */
async function surveySingle({ path, bounds }: SurveyRequest, { file, size }: OpenFile): Promise<SurveyedEntry> {
  const name = basename(path);
  const reader = contentReaderOf(name);
  const bytes = reader === null ? 0 : wantedBytes(reader, size, bounds);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  const content = reader === null || bytes === 0 ? null : reader.parse(buffer.subarray(0, bytesRead));
  return { name, within: '', isNameText: true, kind: 'file', sizeBytes: size, packedBytes: null, isEncrypted: false, method: null, content };
}
