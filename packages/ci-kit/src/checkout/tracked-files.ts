import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { GitFolder } from './git-folder.js';

const HEADER_BYTES = 12;
/** Times, identities, size, and the hash of the content; then come the flags. */
const FLAGS_AT = 60;
const NAME_LENGTH = 0xfff;
const IS_EXTENDED = 0x4000;
const KIND = 0o170_000;
const REGULAR = 0o100_000;

/**
 * Lists the regular files that git tracks in a work tree, from its index. Links and submodules are left out.
 *
 * @returns paths from the top of the work tree, `/` between folders, sorted; null where the index cannot be read: there
 *   is none, it is split or sparse, or its hashes are not SHA-1
 * @see git-scm.com "gitformat-index"
 */
export async function listTrackedFiles({ own, common }: GitFolder): Promise<readonly string[] | null> {
  try {
    if (/^\s*objectformat\s*=\s*sha256/imu.test(await readFile(join(common, 'config'), 'utf8'))) return null;
    return parseIndex(await readFile(join(own, 'index')));
  } catch {
    // Unreadable or cut: then all files of the folder are listed, which are more and not fewer.
    return null;
  }
}

/** @returns null for an index that does not name all files itself; throws where it is cut */
export function parseIndex(index: Buffer): readonly string[] | null {
  const version = index.readUInt32BE(4);
  if (index.toString('latin1', 0, 4) !== 'DIRC' || ![2, 3, 4].includes(version)) return null;
  const names = new Set<string>();
  let offset = HEADER_BYTES;
  let previous = Buffer.alloc(0);
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const mode = index.readUInt32BE(offset + 24);
    const flags = index.readUInt16BE(offset + FLAGS_AT);
    let at = offset + FLAGS_AT + 2 + (version >= 3 && (flags & IS_EXTENDED) !== 0 ? 2 : 0);
    if (version === 4) {
      const cut = readVariable(index, at);
      const end = endOfName(index, cut.next);
      previous = Buffer.concat([previous.subarray(0, previous.length - cut.value), index.subarray(cut.next, end)]);
      offset = end + 1;
    } else {
      const length = flags & NAME_LENGTH;
      const end = length < NAME_LENGTH ? at + length : endOfName(index, at);
      previous = Buffer.from(index.subarray(at, end));
      // Padded to a multiple of eight, with one zero at least.
      at = end - offset;
      offset += at + 8 - (at % 8);
    }
    if ((mode & KIND) === REGULAR) names.add(previous.toString('utf8'));
  }
  return namesAll(index, offset) ? [...names].sort() : null;
}

function endOfName(index: Buffer, from: number): number {
  const end = index.indexOf(0, from);
  if (end < 0) throw new RangeError('The index is cut.');
  return end;
}

/** A number in groups of seven bits, each but the last with its top bit set, plus one for each further group. */
function readVariable(index: Buffer, from: number): { readonly value: number; readonly next: number } {
  let next = from;
  let byte = index.readUInt8(next++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = index.readUInt8(next++);
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}

/** A split index (`link`) has most of its files elsewhere, a sparse one (`sdir`) folders in the place of files. */
function namesAll(index: Buffer, from: number): boolean {
  const HASH_BYTES = 20;
  for (let offset = from; offset + 8 <= index.length - HASH_BYTES; offset += 8 + index.readUInt32BE(offset + 4)) {
    if (['link', 'sdir'].includes(index.toString('latin1', offset, offset + 4))) return false;
  }
  return true;
}
