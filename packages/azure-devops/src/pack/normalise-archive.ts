import { readFile, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { fromBuffer, type Entry, type ZipFile as OpenArchive } from 'yauzl';
import { ZipFile } from 'yazl';

/** The first time that a zip can tell: always the same one. */
const ALWAYS = new Date(1980, 0, 1);
const FILE_MODE = 0o100644;

/** Lists of the packer's own manifests, one entry a line, in the order in which it happened to see the files. */
const UNORDERED = /^ *<(?:Default|Asset) [^\n]*\/>$/u;

/**
 * Writes an archive anew so that equal contents are equal bytes: entries by name, all of one time and mode, and the packer's own
 * lists in order. It leaves the time of packing in each entry, and reads folders in any order.
 */
export async function normaliseArchive(path: string): Promise<void> {
  const entries = await readEntries(await readFile(path));
  const zip = new ZipFile();
  for (const [name, content] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    zip.addBuffer(name.includes('/') ? content : inOrder(content), name, { mtime: ALWAYS, mode: FILE_MODE, forceDosTimestamp: true });
  }
  zip.end();
  await writeFile(path, await buffer(zip.outputStream));
}

function inOrder(content: Buffer): Buffer {
  const lines = content.toString('utf8').split('\n');
  const sorted = lines.filter((line) => UNORDERED.test(line)).toSorted();
  if (sorted.length === 0) return content;
  return Buffer.from(lines.map((line) => (UNORDERED.test(line) ? (sorted.shift() ?? line) : line)).join('\n'));
}

/** The files of an archive; folders are none. */
export async function readEntries(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await open(bytes);
  const found = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(found));
    zip.on('entry', (entry: Entry) => {
      readEntry(zip, entry).then((content) => {
        if (content !== null) found.set(entry.fileName, content);
        zip.readEntry();
      }, reject);
    });
    zip.readEntry();
  });
}

async function readEntry(zip: OpenArchive, entry: Entry): Promise<Buffer | null> {
  if (entry.fileName.endsWith('/')) return null;
  return buffer(await promisify<Entry, Readable>(zip.openReadStream.bind(zip))(entry));
}

const open = (bytes: Buffer): Promise<OpenArchive> => promisify<Buffer, { lazyEntries: true }, OpenArchive>(fromBuffer)(bytes, { lazyEntries: true });
