import { type FileHandle, open } from 'node:fs/promises';

import { systemCode } from '../files/local-trouble.js';

/** Longer files are data; what people commit by mistake stands in shorter ones. */
const MOST_BYTES = 8 * 1024 * 1024;
/** So much tells whether a file is text. */
const SAMPLE_BYTES = 8192;

/** A file as text, as far as it could be read. */
export type ReadText =
  | { readonly kind: 'text'; readonly text: string; /** True where the file goes on. */ readonly cut: boolean }
  | { readonly kind: 'binary' }
  /** No file any more, or another thing: a folder, a socket. */
  | { readonly kind: 'no-file' }
  | { readonly kind: 'unreadable'; readonly code: string };

/** Reads the beginning of a file as text, UTF-16 with its mark included; at most eight mebibytes of it. */
export async function readTextFile(path: string, mostBytes = MOST_BYTES): Promise<ReadText> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    const code = systemCode(error);
    return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENXIO', 'ELOOP'].includes(code) ? { kind: 'no-file' } : { kind: 'unreadable', code };
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return { kind: 'no-file' };
    const bytes = await readBytes(handle, Math.min(stats.size, mostBytes));
    return decode(bytes, stats.size > bytes.length);
  } catch (error) {
    return { kind: 'unreadable', code: systemCode(error) };
  } finally {
    await handle.close();
  }
}

async function readBytes(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function decode(bytes: Buffer, cut: boolean): ReadText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: bytes.toString('utf16le', 2), cut };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le'), cut };
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return { kind: 'binary' };
  return { kind: 'text', text: bytes.toString('utf8'), cut };
}
