import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { LocalError } from '@verapipe/core';

import { systemCode } from '../files/local-trouble.js';
import { unusableFile } from './unusable-file.js';

/** What tells whether a file is still the one that was looked at. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

const PART_BYTES = 256 * 1024;
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** When a file was last modified, ISO 8601 in UTC. Pure. */
export function modifiedAt({ modifiedMs }: FileStamp): string {
  return new Date(modifiedMs).toISOString();
}

/** @throws ValidationError when there is no such file, or it is none */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw unusableFile(path, 'something that is no file');
    return { sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch (error) {
    throw systemCode(error) === 'invalid-findings-file' ? error : unusableFile(path, `a file that cannot be read (${systemCode(error)})`);
  }
}

/**
 * The bytes of a file of UTF-8 text, without the byte-order mark, read afresh each time.
 *
 * @throws ValidationError (UTF-16, not UTF-8, unreadable), LocalError `file-changed` when it is another one than before
 */
export async function* utf8BytesOf(path: string, stamp: FileStamp): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (part?: Uint8Array): void => {
    try {
      decoder.decode(part, { stream: part !== undefined });
    } catch {
      throw unusableFile(path, 'bytes that are no UTF-8 text', 'a text file in UTF-8');
    }
  };
  await expectUnchanged(path, stamp);
  let isFirst = true;
  for await (const part of partsOf(path)) {
    if (isFirst) expectNoUtf16(path, part);
    check(part);
    yield isFirst && part.subarray(0, 3).equals(UTF8_MARK) ? part.subarray(3) : part;
    isFirst = false;
  }
  check();
  await expectUnchanged(path, stamp);
}

/** The first bytes, to see what kind of file it is. */
export async function headOf(path: string, stamp: FileStamp): Promise<string> {
  for await (const part of utf8BytesOf(path, stamp)) return Buffer.from(part).toString('utf8').trimStart().slice(0, 100);
  return '';
}

async function* partsOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: PART_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unusableFile(path, `a file that cannot be read (${systemCode(error)})`);
  }
}

/** What PowerShell's `>` writes. Without a mark, text in UTF-16 shows itself by zero bytes. */
function expectNoUtf16(path: string, part: Buffer): void {
  const [first, second] = part;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMark || first === 0 || second === 0) throw unusableFile(path, 'text in UTF-16', 'a text file in UTF-8, as verapipe and Veracode write it');
}

async function expectUnchanged(path: string, stamp: FileStamp): Promise<void> {
  const now = await stampOf(path);
  if (now.sizeBytes === stamp.sizeBytes && now.modifiedMs === stamp.modifiedMs) return;
  throw new LocalError(`${path} changed while it was being read.`, {
    code: 'file-changed',
    advice: 'Let whatever writes the file finish, then run again.',
  });
}
