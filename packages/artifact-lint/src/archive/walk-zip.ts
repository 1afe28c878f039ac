import { type Entry, fromBufferPromise, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';

import { READABLE_METHODS, type ArchiveEntry, type VisitEntry } from './archive-entry.js';
import { decodeEntryName } from './entry-name.js';
import type { FileReader } from './file-reader.js';
import { readFirstBytes } from './read-first-bytes.js';

// Names stay bytes: the library refuses bad ones, and to report them is what we are here for.
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;

/** Where a zip lies. */
export type ZipSource = { readonly reader: FileReader; readonly sizeBytes: number } | { readonly bytes: Uint8Array };

/**
 * Visits the entries of a zip in the order of its directory, which stands at its end: what lies before the first entry,
 * as in a jar that can be executed, does not matter.
 *
 * @throws what is wrong with the archive, in the words of its reader
 */
export async function walkZip(source: ZipSource, visit: VisitEntry): Promise<void> {
  const zip = 'bytes' in source ? await fromBufferPromise(Buffer.from(source.bytes), OPTIONS) : await fromRandomAccessReaderPromise(source.reader, source.sizeBytes, OPTIONS);
  for await (const entry of zip.eachEntry()) {
    if (!(await visit(archiveEntry(zip, entry)))) break;
  }
}

function archiveEntry(zip: ZipFile, entry: Entry): ArchiveEntry {
  const { name, isText } = decodeEntryName(entry.fileNameRaw);
  return {
    name,
    isNameText: isText,
    kind: kindOf(name, entry),
    sizeBytes: entry.uncompressedSize,
    packedBytes: entry.compressedSize,
    isEncrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
    async read(maxBytes) {
      if (entry.isEncrypted() || !READABLE_METHODS.includes(entry.compressionMethod)) return new Uint8Array();
      const stream = await zip.openReadStreamPromise(entry);
      return readFirstBytes(stream, maxBytes);
    },
  };
}

/** Upper half of the attributes: the file mode, where a Unix made the archive. */
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

function kindOf(name: string, entry: Entry): ArchiveEntry['kind'] {
  if (name.endsWith('/')) return 'folder';
  const isUnix = entry.versionMadeBy >>> 8 === 3;
  return isUnix && ((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK ? 'link' : 'file';
}
