import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

import { fromBuffer, type Entry } from 'yauzl';
import { ZipFile } from 'yazl';

/** The first time that a zip can tell: always the same one. */
const ALWAYS = new Date(1980, 0, 1);
const FILE_MODE = 0o100644;

/**
 * Writes an archive anew so that equal contents are equal bytes: entries by name, all of one time and mode. The packer leaves the
 * time of packing in each.
 */
export async function normaliseArchive(path: string): Promise<void> {
  const entries = await readEntries(await readFile(path));
  const zip = new ZipFile();
  for (const [name, content] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    zip.addBuffer(content, name, { mtime: ALWAYS, mode: FILE_MODE, forceDosTimestamp: true });
  }
  zip.end();
  await writeFile(path, await buffer(zip.outputStream));
}

/** The files of an archive; folders are none. */
export async function readEntries(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      zip.on('error', reject).on('end', () => resolve(found));
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName.endsWith('/')) return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => {
          if (failed !== null) return reject(failed);
          buffer(stream).then((content) => {
            found.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
}
