import { once } from 'node:events';

import { Parser, type ReadEntry } from 'tar';

import { reasonOf } from '../reason-of.js';
import type { ArchiveEntry, VisitEntry } from './archive-entry.js';

/** Names and attributes in front of an entry; nobody needs more. */
const MAX_META_BYTES = 1024 * 1024;

/**
 * Visits the entries of a tar as they come, in constant memory.
 *
 * @throws what is wrong with the archive, in the words of its reader
 */
export async function walkTar(source: AsyncIterable<Uint8Array>, visit: VisitEntry): Promise<void> {
  const state = { isStopped: false, problem: null as Error | null };
  let visits = Promise.resolve();
  const parser = new Parser({
    maxMetaEntrySize: MAX_META_BYTES,
    // What is compressed was unpacked before, within bounds.
    gzip: false,
    brotli: false,
    zstd: false,
    onReadEntry(entry) {
      visits = visits.then(() => visitEntry(entry, visit, state));
    },
    onwarn(_code, message) {
      state.problem ??= new Error(reasonOf(message));
    },
  });
  parser.on('error', (error: unknown) => {
    state.problem ??= new Error(reasonOf(error), { cause: error });
  });
  const ended = new Promise<void>((resolve) => {
    parser.on('end', () => resolve());
    parser.on('abort', () => resolve());
    parser.on('error', () => resolve());
  });
  for await (const chunk of source) {
    if (state.isStopped || state.problem !== null) break;
    if (!parser.write(Buffer.from(chunk))) await Promise.race([once(parser, 'drain'), ended, visits]);
  }
  if (!state.isStopped && state.problem === null) {
    parser.end();
    await ended;
  }
  await visits;
  if (state.problem !== null) throw state.problem;
}

async function visitEntry(entry: ReadEntry, visit: VisitEntry, state: { isStopped: boolean; problem: Error | null }): Promise<void> {
  const content = { isRead: false };
  try {
    if (state.isStopped) return;
    const goesOn = await visit(
      archiveEntry(entry, (maxBytes) => {
        content.isRead = true;
        return collect(entry, maxBytes);
      }),
    );
    state.isStopped = !goesOn;
  } catch (error) {
    state.problem ??= new Error(reasonOf(error), { cause: error });
  } finally {
    if (!content.isRead) entry.resume();
  }
}

function archiveEntry(entry: ReadEntry, read: ArchiveEntry['read']): ArchiveEntry {
  const { path, type, size } = entry;
  return {
    name: path,
    isNameText: !path.includes('\uFFFD'),
    kind: type === 'Directory' || type === 'GNUDumpDir' ? 'folder' : type === 'SymbolicLink' || type === 'Link' ? 'link' : 'file',
    sizeBytes: size,
    packedBytes: null,
    isEncrypted: false,
    method: null,
    read,
  };
}

/** Reads an entry to its end, as the next one stands behind it, and keeps its beginning. */
async function collect(entry: ReadEntry, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  entry.on('data', (chunk: Buffer) => {
    if (size < maxBytes) chunks.push(Uint8Array.from(chunk.subarray(0, maxBytes - size)));
    size += chunk.length;
  });
  await entry.promise();
  return Buffer.concat(chunks);
}
